package page

import (
	"encoding/base64"
	"errors"
	"testing"
	"time"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
)

// FuzzCursor: what is not to the letter a cursor we made is refused, and even
// one that could be sealed holds only what a sort key can be.
func FuzzCursor(f *testing.F) {
	seal := NewSeal([]byte("a key of the tests"))
	o := order{column: "name_folded", hash: [8]byte{1, 2, 3}}
	for _, value := range []any{nil, "zürich", "", int64(-7), time.UnixMilli(1_800_000_000_123)} {
		f.Add(seal.close(o, value, gid.LiveWorld))
	}
	f.Add("")
	f.Add("AAAA")
	f.Add(`{"v":1,"l":"AQIDAAAAAAA=","i":"wld_0000000000e008000000000010","n":7}`)
	f.Add(`{"v":1,"l":"AQIDAAAAAAA=","i":"","t":"x","n":1e400}`)
	f.Fuzz(func(t *testing.T, text string) {
		at, err := seal.open(text, o)
		if err == nil {
			if again := seal.close(o, at.value, at.id); again != text {
				t.Errorf("%q opens, and is sealed again as %q", text, again)
			}
		} else {
			var refused *fault.Request
			if !errors.As(err, &refused) || refused.Code != fault.CodeCursorInvalid {
				t.Errorf("%q is refused with %v", text, err)
			}
		}
		sealed := base64.RawURLEncoding.EncodeToString(append([]byte(text), seal.mac([]byte(text))...))
		if at, err = seal.open(sealed, o); err != nil {
			return
		}
		switch at.value.(type) {
		case nil, string, int64, time.Time:
		default:
			t.Errorf("%q holds a %T", text, at.value)
		}
	})
}
