package talent

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/text"
)

// mostGPA is the best grade point average, in hundredths.
const mostGPA = 500

// ReadGPA reads a grade point average in hundredths: 0 to 5 with at most two
// decimal places.
func ReadGPA(r *text.Reader, path string, given *money.Decimal) *int {
	if given == nil {
		return nil
	}
	whole, fraction, _ := strings.Cut(string(*given), ".")
	fraction = strings.TrimRight(fraction, "0")
	hundredths, err := strconv.Atoi(whole + (fraction + "00")[:2])
	if err != nil || len(fraction) > 2 || strings.HasPrefix(whole, "-") || hundredths > mostGPA {
		r.Refuse(fault.InvalidValue(path, "Give a grade point average of 0 to 5 with at most two decimal places, as in 3.25."))
		return nil
	}
	return &hundredths
}

// GPA writes a grade point average that is kept in hundredths.
func GPA(hundredths int) money.Decimal {
	return money.Decimal(fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100))
}
