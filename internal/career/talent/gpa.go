package talent

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
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

// OwnGPA is the grade point average of the viewer's own record, and nil of
// another's: nobody else ever reads it.
func OwnGPA(v viewer.Viewer, e *ent.EducationRecord) *money.Decimal {
	if v.Talent != e.TalentID || e.GpaHundredths == nil {
		return nil
	}
	gpa := GPA(*e.GpaHundredths)
	return &gpa
}

// OwnWorkAuthorization is what the viewer says of their right to work in the
// United States, and nil of others: nobody else ever reads it.
func OwnWorkAuthorization(v viewer.Viewer, p *ent.TalentProfile) *talentprofile.UsWorkAuthorization {
	if v.Talent != p.ID {
		return nil
	}
	return p.UsWorkAuthorization
}
