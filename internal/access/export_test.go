package access

// Lines names the types that have a line in the table.
func Lines() []string {
	var kinds []string
	for kind := range visible {
		kinds = append(kinds, kind)
	}
	return kinds
}
