package config

import (
	"strings"
	"testing"
)

const good = "a secret of at least 32 characters"

// env is an environment with these variables, in pairs.
func env(pairs ...string) func(string) string {
	set := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		set[pairs[i]] = pairs[i+1]
	}
	return func(name string) string { return set[name] }
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	on := func(url string, more ...string) []string {
		return append([]string{"RUNG_DATABASE_URL", url, "RUNG_SECRET", good, "RUNG_ISSUERS", "issuers.json"}, more...)
	}
	cases := map[string]struct {
		env    []string
		refuse []string // the settings that the error names, none when it is fine
	}{
		"nothing set": {},
		"a whole production": {env: on("postgres://rung:pw@db.example.edu/rung?sslmode=verify-full", "RUNG_PUBLIC_URL", "https://rung.example.edu/",
			"RUNG_LISTEN", "0.0.0.0:443", "RUNG_ORIGINS", "https://a.example.edu, http://localhost:3000", "RUNG_TRUSTED_PROXIES", "10.0.0.0/8,192.0.2.7",
			"RUNG_FILES_URL", "s3://bucket?region=eu-west-1")},
		"PostgreSQL on this machine":                  {env: on("postgresql://rung@127.0.0.1/rung?sslmode=disable")},
		"PostgreSQL at a socket":                      {env: on("postgres:///rung?host=/var/run/postgresql")},
		"PostgreSQL elsewhere when that is allowed":   {env: on("postgres://rung@db/rung?sslmode=disable", "RUNG_ALLOW", "plain-database")},
		"the local issuer on PostgreSQL when allowed": {env: on("postgres://rung@localhost/rung", "RUNG_ISSUERS", "", "RUNG_ALLOW", "local-issuer,demo-data")},
		"any port": {env: []string{"RUNG_LISTEN", "127.0.0.1:0", "RUNG_PRIVATE_LISTEN", "127.0.0.1:0"}},
		"it refuses when the workers are too many":          {[]string{"RUNG_WORKERS", "65"}, []string{"RUNG_WORKERS"}},
		"it refuses when the workers are no number":         {[]string{"RUNG_WORKERS", "some"}, []string{"RUNG_WORKERS"}},
		"it refuses when the address has no port":           {[]string{"RUNG_LISTEN", "127.0.0.1"}, []string{"RUNG_LISTEN"}},
		"it refuses when the port is too large":             {[]string{"RUNG_PRIVATE_LISTEN", "127.0.0.1:65536"}, []string{"RUNG_PRIVATE_LISTEN"}},
		"it refuses when the port is a word":                {[]string{"RUNG_LISTEN", "127.0.0.1:http"}, []string{"RUNG_LISTEN"}},
		"it refuses when both listen at one address":        {[]string{"RUNG_PRIVATE_LISTEN", "127.0.0.1:8080"}, []string{"RUNG_PRIVATE_LISTEN"}},
		"it refuses when the public see plain http":         {[]string{"RUNG_PUBLIC_URL", "http://rung.example.edu"}, []string{"RUNG_PUBLIC_URL"}},
		"it refuses when listening to all says no name":     {[]string{"RUNG_LISTEN", "0.0.0.0:8080"}, []string{"RUNG_PUBLIC_URL"}},
		"it refuses when listening to :8080 likewise":       {[]string{"RUNG_LISTEN", ":8080"}, []string{"RUNG_PUBLIC_URL"}},
		"it refuses when the public URL has a path":         {[]string{"RUNG_PUBLIC_URL", "https://example.edu/rung"}, []string{"RUNG_PUBLIC_URL"}},
		"it refuses when the public URL has a query":        {[]string{"RUNG_PUBLIC_URL", "https://example.edu?"}, []string{"RUNG_PUBLIC_URL"}},
		"it refuses when the public URL has a user":         {[]string{"RUNG_PUBLIC_URL", "https://me@example.edu"}, []string{"RUNG_PUBLIC_URL"}},
		"it refuses when the public URL is relative":        {[]string{"RUNG_PUBLIC_URL", "rung.example.edu"}, []string{"RUNG_PUBLIC_URL"}},
		"it refuses when the public URL is no web page":     {[]string{"RUNG_PUBLIC_URL", "ftp://example.edu"}, []string{"RUNG_PUBLIC_URL"}},
		"it refuses when the database is another kind":      {[]string{"RUNG_DATABASE_URL", "mysql://db"}, []string{"RUNG_DATABASE_URL"}},
		"it refuses when the driver cannot read it":         {on("postgres://db:port/rung"), []string{"RUNG_DATABASE_URL"}},
		"it refuses when the password has a bare #":         {on("postgres://me:1#2@localhost/rung"), []string{"RUNG_DATABASE_URL"}},
		"it refuses when the way there is open":             {on("postgres://rung@db.example.edu/rung?sslmode=require"), []string{"RUNG_DATABASE_URL"}},
		"it refuses when sslmode is not said":               {on("postgres://rung@db.example.edu/rung"), []string{"RUNG_DATABASE_URL"}},
		"it refuses when a parameter names the host":        {on("postgres://rung@localhost/rung?host=rung.example.edu"), []string{"RUNG_DATABASE_URL"}},
		"it refuses when a parameter names an address":      {on("postgres://rung@localhost/rung?hostaddr=192.0.2.7"), []string{"RUNG_DATABASE_URL"}},
		"it refuses when one of two hosts is elsewhere":     {on("postgres://rung@localhost,db.example.edu/rung"), []string{"RUNG_DATABASE_URL"}},
		"it refuses when PostgreSQL comes without a secret": {on("postgres://rung@localhost/rung", "RUNG_SECRET", ""), []string{"RUNG_SECRET"}},
		"it refuses when nobody signs people in":            {on("postgres://rung@localhost/rung", "RUNG_ISSUERS", ""), []string{"RUNG_ISSUERS"}},
		"it refuses when the secret is short":               {[]string{"RUNG_SECRET", "short"}, []string{"RUNG_SECRET"}},
		"it refuses when the other secret is short":         {[]string{"RUNG_OTHER_SECRET", "short"}, []string{"RUNG_OTHER_SECRET"}},
		"it refuses when an operation does not fit":         {[]string{"RUNG_QUOTA", "24999"}, []string{"RUNG_QUOTA"}},
		"it refuses when the quota is no number":            {[]string{"RUNG_QUOTA", "much"}, []string{"RUNG_QUOTA"}},
		"it refuses when no quota ever comes back":          {[]string{"RUNG_QUOTA_PER_SECOND", "0"}, []string{"RUNG_QUOTA_PER_SECOND"}},
		"it refuses when the payment secret is short":       {[]string{"RUNG_PAYMENT_SECRET", "short"}, []string{"RUNG_PAYMENT_SECRET"}},
		"it refuses when files are kept elsewhere":          {[]string{"RUNG_FILES_URL", "gs://bucket"}, []string{"RUNG_FILES_URL"}},
		"it refuses when files have no scheme":              {[]string{"RUNG_FILES_URL", "/var/files"}, []string{"RUNG_FILES_URL"}},
		"it refuses when an origin has a path":              {[]string{"RUNG_ORIGINS", "https://a.example.edu/"}, []string{"RUNG_ORIGINS"}},
		"it refuses when an origin is a star":               {[]string{"RUNG_ORIGINS", "*"}, []string{"RUNG_ORIGINS"}},
		"it refuses when an origin has a star":              {[]string{"RUNG_ORIGINS", "https://*.example.edu"}, []string{"RUNG_ORIGINS"}},
		"it refuses when an origin is null":                 {[]string{"RUNG_ORIGINS", "null"}, []string{"RUNG_ORIGINS"}},
		"it refuses when an origin has capitals":            {[]string{"RUNG_ORIGINS", "https://A.example.edu"}, []string{"RUNG_ORIGINS"}},
		"it refuses when every proxy is trusted":            {[]string{"RUNG_TRUSTED_PROXIES", "0.0.0.0/0"}, []string{"RUNG_TRUSTED_PROXIES"}},
		"it refuses when a proxy is a name":                 {[]string{"RUNG_TRUSTED_PROXIES", "proxy"}, []string{"RUNG_TRUSTED_PROXIES"}},
		"it refuses when it is to allow the unknown":        {[]string{"RUNG_ALLOW", "everything"}, []string{"RUNG_ALLOW"}},
		"it refuses when several are wrong, and says all": {
			[]string{"RUNG_LISTEN", "x", "RUNG_SECRET", "y", "RUNG_DATABASE_URL", "postgres://rung@db/rung"},
			[]string{"RUNG_LISTEN", "RUNG_SECRET", "RUNG_ISSUERS", "RUNG_DATABASE_URL"},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Read(env(c.env...))
			if len(c.refuse) == 0 {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if err == nil {
				t.Fatalf("it was read; want an error about %v", c.refuse)
			}
			if got, want := strings.Count(err.Error(), "\n")+1, len(c.refuse); got != want {
				t.Errorf("got %d defects, want %d: %v", got, want, err)
			}
			for _, s := range c.refuse {
				if !strings.Contains("\n"+err.Error(), "\n"+s+": ") {
					t.Errorf("the error does not name %s: %v", s, err)
				}
			}
		})
	}
}

func TestReadDefaults(t *testing.T) {
	t.Parallel()
	c, err := Read(env())
	if err != nil {
		t.Fatal(err)
	}
	want := `RUNG_LISTEN=127.0.0.1:8080
RUNG_PRIVATE_LISTEN=127.0.0.1:8081
RUNG_DATA_DIR=./data
RUNG_DATABASE_URL=
RUNG_FILES_URL=
RUNG_PUBLIC_URL=http://127.0.0.1:8080
RUNG_SECRET=
RUNG_OTHER_SECRET=
RUNG_PAYMENT_SECRET=
RUNG_ISSUERS=
RUNG_ORIGINS=
RUNG_TRUSTED_PROXIES=
RUNG_WORKERS=2
RUNG_QUOTA=0
RUNG_QUOTA_PER_SECOND=2000
RUNG_GRACE=0s
RUNG_ALLOW=`
	if got := strings.Join(c.Lines(), "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if !c.Embedded() || !c.LocalIssuer() {
		t.Errorf("embedded %t, local issuer %t, want both", c.Embedded(), c.LocalIssuer())
	}
}

func TestLinesMaskSecrets(t *testing.T) {
	t.Parallel()
	c, err := Read(env("RUNG_SECRET", good, "RUNG_PAYMENT_SECRET", good+" too", "RUNG_ISSUERS", "issuers.json", "RUNG_FILES_URL", "s3://bucket?region=x&access_key=canary",
		"RUNG_DATABASE_URL", "postgres://me:c%40nary@localhost/rung?sslmode=disable&password=canary&ca/nary@x=1", "RUNG_TRUSTED_PROXIES", "10.1.2.3/8,::ffff:192.0.2.7"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Join(c.Lines(), "\n")
	for _, secret := range []string{"canary", "c%40nary", "ca%2Fnary", good} {
		if strings.Contains(lines, secret) {
			t.Errorf("%q is shown:\n%s", secret, lines)
		}
	}
	for _, want := range []string{
		"RUNG_SECRET=[secret]", "RUNG_PAYMENT_SECRET=[secret]", "RUNG_DATABASE_URL=postgres://me:[secret]@localhost/rung?[secret]&sslmode=disable",
		"RUNG_FILES_URL=s3://bucket?[secret]&region=x", "RUNG_TRUSTED_PROXIES=10.0.0.0/8,192.0.2.7/32",
	} {
		if !strings.Contains(lines+"\n", want+"\n") {
			t.Errorf("%s is missing:\n%s", want, lines)
		}
	}
}

func TestReadNeverRepeatsThePassword(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"postgres://me:canary@db/rung", "postgres://me:canary@db:x/rung", "mysql://me:canary@db", "postgres://me:canary#@db"} {
		_, err := Read(env("RUNG_DATABASE_URL", url))
		if err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %v", url, err)
		}
	}
}

func TestMarkdownNamesEverySetting(t *testing.T) {
	t.Parallel()
	page := Markdown()
	for _, s := range Settings() {
		if !strings.Contains(page, "| `"+s.Name+"` | "+s.Default+" | "+s.Meaning+" |\n") || s.Default == "" || s.Meaning == "" {
			t.Errorf("%s is not on the page:\n%s", s.Name, page)
		}
	}
}
