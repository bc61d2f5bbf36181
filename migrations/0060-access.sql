-- Access rules: drafts that officers edit, versions that were published, temporary closures. What is in force is read from versions and closures.

create table access_version (
  city_code text not null,
  version_id uuid not null,
  -- 1, 2, 3 … within the city
  number int not null,
  title text not null,
  document jsonb not null,
  notice_number text not null,
  effective_from timestamptz not null,
  author_id uuid,
  author_name text not null,
  published_at timestamptz not null,
  primary key (city_code, version_id),
  unique (city_code, number)
);
create function access_version_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'access_version is append-only: publish another version instead of changing one';
end $$;
create trigger access_version_append_only before update or delete on access_version for each row execute function access_version_is_append_only();

create table access_draft (
  city_code text not null,
  draft_id uuid not null,
  title text not null,
  -- the version it was begun from; null: the city's own files
  base_version_id uuid,
  document jsonb not null,
  -- counts saves, for If-Match
  revision int not null,
  author_name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (city_code, draft_id)
);

create table access_closure (
  city_code text not null,
  closure_id uuid not null,
  title text not null,
  reason text not null,
  notice_number text not null,
  authority text not null,
  geometry jsonb not null,
  vehicles jsonb not null,
  exceptions jsonb not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  author_name text not null,
  recorded_at timestamptz not null,
  -- from then on it no longer holds; what it closed before stays closed in the record
  withdrawn_at timestamptz,
  withdrawn_by text,
  primary key (city_code, closure_id)
);

-- Raised in the transaction of every publication and closure: processes see by one cheap read that they hold old rules.
create table access_revision (
  city_code text primary key,
  revision bigint not null
);
