package gid

// NodeType is a kind of thing that API clients give names of their own, as the
// schema writes it.
type NodeType string

var nodeTypes = map[NodeType]Noun{
	"AFFILIATION": Affiliation, "APPLICATION": Application, "DELIVERABLE": Deliverable, "EMPLOYER": Employer,
	"ENGAGEMENT": Engagement, "EVALUATION": Evaluation, "HIRE_CONVERSION": HireConversion, "INSTITUTION": Institution,
	"INSTITUTION_LINK": InstitutionLink, "LISTING": Listing, "MICRO_PROJECT": MicroProject, "OFFER": Offer,
	"PAYMENT_RECORD": Payment, "POSTING_REQUEST": PostingRequest, "TALENT_PROFILE": Talent,
}

// Noun is the noun of the type's ids, zero for what is no type.
func (t NodeType) Noun() Noun { return nodeTypes[t] }

// IsNodeType reports whether API clients give things of the noun names of their own.
func IsNodeType(n Noun) bool {
	for _, known := range nodeTypes {
		if known == n {
			return true
		}
	}
	return false
}
