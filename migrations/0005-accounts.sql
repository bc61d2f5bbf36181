-- Who signs in, with which role over which data; their sessions; and the audit chain, which only ever grows.

create table person (
  person_id uuid primary key,
  account text not null unique check (account ~ '^[a-z0-9][a-z0-9._-]{1,39}$'),
  name text not null,
  role text not null check (role in ('office-clerk', 'liaison', 'enterprise', 'inspector', 'administrator', 'auditor')),
  city_code text not null,
  district_code text,
  unit_code text,
  enterprise_id uuid,
  phone text,
  password_hash text not null,
  password_set_at timestamptz not null,
  -- set while the password is a one-time one: it must be changed before anything else, and not after this instant
  one_time_until timestamptz,
  disabled_at timestamptz,
  created_at timestamptz not null,
  check ((role = 'enterprise') = (enterprise_id is not null)),
  check ((role = 'liaison') = (unit_code is not null)),
  check (role <> 'auditor' or district_code is null)
);
create index person_city on person (city_code, account);

-- Only the SHA-256 of a token is kept: a copy of this table opens no session.
create table session (
  token_hash bytea primary key,
  person_id uuid not null references person on delete cascade,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_person on session (person_id);
create index session_expiry on session (expires_at);

-- Failed sign-ins by the hash of the name typed, whether or not such an account exists: both must look the same outside.
create table sign_in_guard (
  name_hash bytea primary key,
  failures integer not null,
  first_failed_at timestamptz not null,
  locked_until timestamptz
);
create index sign_in_guard_age on sign_in_guard (first_failed_at);

create table audit_entry (
  seq bigint primary key,
  at timestamptz not null,
  -- the city whose auditor reads it; null: the installation itself
  city_code text,
  actor_id uuid,
  actor_name text not null,
  actor_role text not null,
  action text not null,
  object text not null,
  detail jsonb not null,
  previous_hash bytea not null,
  hash bytea not null
);
create index audit_entry_city on audit_entry (city_code, seq);
create index audit_entry_actor on audit_entry (actor_id, seq);

-- How long the chain is and how it ends; its row lock puts writers in line.
create table audit_seal (
  is_sole boolean primary key default true check (is_sole),
  entries bigint not null,
  hash bytea not null
);
insert into audit_seal (entries, hash) values (0, sha256('lvpei audit chain'));

-- The chain's end on each day, also written outside the database.
create table audit_anchor (
  day date primary key,
  entries bigint not null,
  hash bytea not null
);

/* Appends one entry in one round trip. hash = SHA-256(seq ‖ microseconds ‖ previous hash ‖ digest of the content), integers as
   8 bytes big-endian; accounts/derive-audit.ts recomputes it without this function. The time is the database's own, taken
   under the lock, so that order and time agree and a simulated clock never dates an audit entry. */
create function audit_append(p_city text, p_actor_id uuid, p_actor_name text, p_actor_role text, p_action text, p_object text, p_detail jsonb, p_content bytea)
returns bigint language plpgsql as $$
declare
  sealed audit_seal;
  moment timestamptz;
  link bytea;
begin
  select * into strict sealed from audit_seal for update;
  moment := clock_timestamp();
  link := sha256(int8send(sealed.entries + 1) || int8send((extract(epoch from moment) * 1000000)::bigint) || sealed.hash || p_content);
  insert into audit_entry values (sealed.entries + 1, moment, p_city, p_actor_id, p_actor_name, p_actor_role, p_action, p_object, p_detail, sealed.hash, link);
  update audit_seal set entries = sealed.entries + 1, hash = link;
  return sealed.entries + 1;
end $$;

create function audit_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% on % is refused: the audit chain only grows', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger audit_entry_only_grows before update or delete or truncate on audit_entry for each statement execute function audit_refuse_change();
create trigger audit_anchor_only_grows before update or delete or truncate on audit_anchor for each statement execute function audit_refuse_change();
create trigger audit_seal_stays before delete or truncate on audit_seal for each statement execute function audit_refuse_change();

create function audit_seal_forward() returns trigger language plpgsql as $$
begin
  if new.entries <> old.entries + 1 or not exists (select from audit_entry where seq = new.entries and hash = new.hash and previous_hash = old.hash) then
    raise exception 'the audit seal only moves to the next entry' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger audit_seal_moves_forward before update on audit_seal for each row execute function audit_seal_forward();
