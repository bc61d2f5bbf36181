-- Bulletins and every version they ever had. A version is never changed or removed: an edit, a publication and a correction
-- each add one.

create table bulletin (
  bulletin_id uuid primary key,
  city_code text not null,
  -- reporting period, e.g. 2026H1
  period text not null,
  kind text not null check (kind in ('half-year')),
  created_at timestamptz not null,
  unique (city_code, period, kind)
);

create table bulletin_version (
  bulletin_id uuid not null references bulletin,
  version integer not null check (version >= 1),
  status text not null check (status in ('draft', 'published')),
  document jsonb not null,
  -- instant the figures count up to
  as_of timestamptz not null,
  recorded_at timestamptz not null,
  author_id uuid,
  author_name text not null,
  -- why a published text was corrected; null for ordinary drafting
  reason text,
  primary key (bulletin_id, version)
);

create function bulletin_version_is_kept() returns trigger language plpgsql as $$
begin
  raise exception 'bulletin versions are only ever added';
end $$;
create trigger bulletin_version_kept before update or delete on bulletin_version for each row execute function bulletin_version_is_kept();
