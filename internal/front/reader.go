package front

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

const deepestBody = 24 // objects and lists inside each other

// object reads one JSON object, and nothing after it. encoding/json alone would
// take a key twice, invalid UTF-8 and bytes that follow; and its errors repeat
// what was sent, so ours are our own.
func object(text []byte) (map[string]any, error) {
	if !utf8.Valid(text) {
		return nil, errors.New("is not UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	start, err := d.Token()
	if err != nil || start != json.Delim('{') {
		return nil, errors.New("is not a JSON object")
	}
	read, err := fields(d, 1)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("goes on after its JSON object")
	}
	return read, nil
}

var errNoJSON = errors.New("is not JSON")

func value(d *json.Decoder, depth int) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, errNoJSON
	}
	start, nested := token.(json.Delim)
	if !nested {
		return token, nil
	}
	if depth >= deepestBody {
		return nil, fmt.Errorf("has more than %d levels", deepestBody)
	}
	if start == '{' {
		return fields(d, depth+1)
	}
	return entries(d, depth+1)
}

// fields reads an object whose brace has been read.
func fields(d *json.Decoder, depth int) (map[string]any, error) {
	read := map[string]any{}
	for d.More() {
		token, err := d.Token()
		name, isText := token.(string)
		if err != nil || !isText {
			return nil, errNoJSON
		}
		if _, twice := read[name]; twice {
			return nil, errors.New("has a key twice in one object")
		}
		if read[name], err = value(d, depth); err != nil {
			return nil, err
		}
	}
	return read, ended(d)
}

// entries reads a list whose bracket has been read.
func entries(d *json.Decoder, depth int) ([]any, error) {
	read := []any{}
	for d.More() {
		entry, err := value(d, depth)
		if err != nil {
			return nil, err
		}
		read = append(read, entry)
	}
	return read, ended(d)
}

func ended(d *json.Decoder) error {
	if _, err := d.Token(); err != nil {
		return errNoJSON
	}
	return nil
}
