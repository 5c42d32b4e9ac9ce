package job

import "context"

// Begin is what Run does before it works.
func (w *Worker) Begin(ctx context.Context) error { return w.begin(ctx) }
