package application

// Packet is what a talent shares by applying. It stays as it was.
type Packet struct {
	Note        string
	Name        string
	Email       *string
	Headline    *string
	ResumeURL   string
	LinkedinURL string
	Skills      []string
}
