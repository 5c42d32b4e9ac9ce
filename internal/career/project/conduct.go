package project

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/internal/opt"
	"github.com/rung-dev/rung/internal/text"
)

// conduct is how the work is to be done, and what is signed about it.
type conduct struct {
	aiUse       microproject.AiUse
	aiUseNote   *string
	requiresNDA bool
	ipTerms     microproject.IPTerms
}

func conductOf(p *ent.MicroProject) conduct {
	return conduct{p.AiUse, p.AiUseNote, p.RequiresNda, p.IPTerms}
}

// conduct is what a draft says. AI tools are not permitted unless it says so.
func (in DraftMicroProjectInput) conduct(r *text.Reader) conduct {
	c := conduct{microproject.DefaultAiUse, r.ProseLater("aiUseNote", in.AiUseNote, 1000), true, microproject.DefaultIPTerms}
	if in.AiUse != nil {
		c.aiUse = *in.AiUse
	}
	if in.RequiresNda != nil {
		c.requiresNDA = *in.RequiresNda
	}
	if in.IPTerms != nil {
		c.ipTerms = *in.IPTerms
	}
	return c
}

func (in ReviseMicroProjectInput) conduct(r *text.Reader, before conduct) conduct {
	c := before
	if use, given := kept(r, "aiUse", in.AiUse); given {
		c.aiUse = use
	}
	if needed, given := kept(r, "requiresNda", in.RequiresNda); given {
		c.requiresNDA = needed
	}
	if ip, given := kept(r, "ipTerms", in.IPTerms); given {
		c.ipTerms = ip
	}
	c.aiUseNote = r.ProseLater("aiUseNote", opt.Or(in.AiUseNote, before.aiUseNote), 1000)
	return c
}

func (c conduct) write(m *ent.MicroProjectMutation, before conduct) {
	put(&c.aiUse, &before.aiUse, m.SetAiUse, nil)
	put(&c.ipTerms, &before.ipTerms, m.SetIPTerms, nil)
	put(c.aiUseNote, before.aiUseNote, m.SetAiUseNote, m.ClearAiUseNote)
	if c.requiresNDA != before.requiresNDA || before.aiUse == "" {
		m.SetRequiresNda(c.requiresNDA)
	}
}
