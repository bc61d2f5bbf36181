-- Long work: one row is the order, its progress, its checkpoint and its result. Whoever holds the lease works on it; a lease that ran out is anybody's.

create table job (
  city_code text not null,
  job_id uuid not null,
  kind text not null,
  -- who asked, narrowed to what: the result is shown to nobody who may see less
  district_code text,
  enterprise_id uuid,
  requested_by text not null,
  question jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  -- what it is doing, for people, and how far: done of total
  step text not null default '',
  done bigint not null default 0,
  total bigint not null default 0,
  -- where another process may go on; null: from the beginning
  checkpoint jsonb,
  result jsonb,
  problems jsonb,
  attempts int not null default 0,
  leased_by text,
  leased_until timestamptz,
  cancel_requested boolean not null default false,
  created_at timestamptz not null,
  started_at timestamptz,
  -- when and where the present attempt began, for the time left
  claimed_at timestamptz,
  claimed_done bigint not null default 0,
  finished_at timestamptz,
  primary key (city_code, job_id)
);
create index job_open on job (created_at) where state in ('waiting', 'running');
