package address_test

import (
	"strings"
	"testing"

	"github.com/rung-dev/rung/internal/address"
)

func TestURL(t *testing.T) {
	t.Parallel()
	longest := "https://example.com/" + strings.Repeat("a", address.MaxURL-20)
	for _, text := range []string{
		"https://example.com", "http://example.com:8080/a?b=c#d", "HTTPS://EXAMPLE.COM/", "https://[2001:db8::1]/x",
		"https://münchen.example/straße", "https://example.com/a%20b", "https://example.com/?q=javascript:alert(1)", longest,
	} {
		if got, err := address.UnmarshalURL(text); err != nil || got != text {
			t.Errorf("UnmarshalURL(%q) = %q, %v", text, got, err)
		}
	}
	for name, v := range map[string]any{
		"it refuses when it is null":                   nil,
		"it refuses when it is a number":               7,
		"it refuses when it is empty":                  "",
		"it refuses when it is script":                 "javascript:alert(1)",
		"it refuses when it is script with a host":     "javascript://example.com/%0aalert(1)",
		"it refuses when it is script in capitals":     "JaVaScRiPt:alert(1)",
		"it refuses when a tab hides the script":       "java\tscript:alert(1)",
		"it refuses when it is data":                   "data:text/html,<script>alert(1)</script>",
		"it refuses when it is a file":                 "file:///etc/passwd",
		"it refuses when it is FTP":                    "ftp://example.com/resume.pdf",
		"it refuses when it is relative":               "/resume.pdf",
		"it refuses when the scheme is missing":        "example.com/resume.pdf",
		"it refuses when the scheme is the page's":     "//example.com/resume.pdf",
		"it refuses when the host is missing":          "https:///resume.pdf",
		"it refuses when there is a port and no host":  "https://:443/resume.pdf",
		"it refuses when it is opaque":                 "https:example.com",
		"it refuses when it carries a name":            "https://ada@example.com/",
		"it refuses when it carries a password":        "https://ada:secret@example.com/",
		"it refuses when the name is empty":            "https://@example.com/",
		"it refuses when the name looks like a host":   "https://example.com:443@evil.example/",
		"it refuses when a backslash hides the host":   `https://example.com\@evil.example/`,
		"it refuses when it has a space":               "https://example.com/a b",
		"it refuses when it begins with a space":       " https://example.com",
		"it refuses when it ends with a line break":    "https://example.com\n",
		"it refuses when a line break is in it":        "https://example.com/\r\nSet-Cookie: a=b",
		"it refuses when a space is of no fixed width": "https://example.com/a\u00a0b",
		"it refuses when it turns direction":           "https://example.com/\u202efdp.exe",
		"it refuses when a blank has no width":         "https://exam\u200bple.com/",
		"it refuses when it has a control character":   "https://example.com/\x7f",
		"it refuses when it is no UTF-8":               "https://example.com/\xff",
		"it refuses when an escape is cut":             "https://example.com/%zz",
		"it refuses when it is a byte too long":        longest + "a",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := address.UnmarshalURL(v)
			if err == nil {
				t.Fatalf("UnmarshalURL(%q) = %q, want an error", v, got)
			}
			if want := address.ParseURL("").Error(); err.Error() != want {
				t.Errorf("the error reads %q, want %q whatever was sent", err, want)
			}
		})
	}
}

func TestMarshalURL(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	address.MarshalURL(`https://example.com/?a="b"`).MarshalGQL(&out)
	if got, want := out.String(), `"https://example.com/?a=\"b\""`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
