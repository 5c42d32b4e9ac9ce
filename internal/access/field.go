package access

// May is the rule of one field, by its coordinate: whether the viewer reads it of
// a row that they may see. Each such rule of the house goes through here, so that
// a test can take one away and see that the permission file notices.
func May(coordinate string, allowed bool) bool { return allowed || isRulePulled(coordinate) }
