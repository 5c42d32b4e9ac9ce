package engine

import (
	"database/sql"
	"errors"
	"fmt"

	"entgo.io/ent/dialect"
	"github.com/lib/pq"
)

// limits end what takes too long, on the server's side.
var (
	readLimits  = map[string]string{"statement_timeout": "5000", "default_transaction_read_only": "on"}
	writeLimits = map[string]string{
		"statement_timeout": "5000", "lock_timeout": "3000", "idle_in_transaction_session_timeout": "10000",
	}
)

func openPostgres(o Options) (*Engine, error) {
	most := o.Most
	if most == 0 {
		most = 16
	}
	write, err := postgresPool(o.URL, max(1, most/2), writeLimits)
	if err != nil {
		return nil, err
	}
	read, err := postgresPool(o.URL, max(1, most-most/2), readLimits)
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	return &Engine{Name: dialect.Postgres, Read: read, Write: write, source: o.URL}, nil
}

func postgresPool(url string, most int, limits map[string]string) (*sql.DB, error) {
	config, err := pq.NewConfig(url)
	if err != nil {
		return nil, fmt.Errorf("read the database URL: %w", err)
	}
	if config.Runtime == nil {
		config.Runtime = map[string]string{}
	}
	config.Runtime["timezone"] = "UTC"
	for name, value := range limits {
		config.Runtime[name] = value
	}
	connector, err := pq.NewConnectorConfig(config)
	if err != nil {
		return nil, fmt.Errorf("read the database URL: %w", err)
	}
	return keep(sql.OpenDB(&caching{connector}), most), nil
}

var postgresDemands = []demand{
	{"SHOW fsync", []string{"on"}, "a power cut would lose acknowledged changes"},
	{"SHOW full_page_writes", []string{"on"}, "a power cut could tear pages"},
	{"SHOW synchronous_commit", []string{"on", "remote_apply", "remote_write", "local"}, "a crash would lose acknowledged changes"},
	{"SHOW server_encoding", []string{"UTF8"}, "names could not be kept as written"},
	{"SELECT (rolsuper OR rolbypassrls)::text FROM pg_roles WHERE rolname = current_user", []string{"false"}, "Rung needs no superuser; give it a role of its own"},
}
