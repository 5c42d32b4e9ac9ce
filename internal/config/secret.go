package config

import (
	"fmt"
	"log/slog"
)

const masked = "[secret]"

// Secret is text that is never printed. Only Reveal gives it away.
type Secret struct {
	// A pointer: where fmt looks into unexported fields it finds an address.
	text *string
}

// NewSecret keeps a text from being printed.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{&text}
}

// Reveal is the text, for the one place that needs it.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// IsEmpty reports whether there is no text to keep.
func (s Secret) IsEmpty() bool { return s.Reveal() == "" }

// String does not give the text away; neither do the methods below.
func (Secret) String() string { return masked }

// GoString is for %#v.
func (Secret) GoString() string { return masked }

// Format is for every other verb.
func (Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(masked)) }

// LogValue is for slog.
func (Secret) LogValue() slog.Value { return slog.StringValue(masked) }

// MarshalJSON is for JSON.
func (Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + masked + `"`), nil }

// MarshalText is for every other text.
func (Secret) MarshalText() ([]byte, error) { return []byte(masked), nil }
