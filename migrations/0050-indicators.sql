-- Recorded indicator values: append-only. Rows are not stored but measured again at `as_of` from the context kept here; the digest proves them.

create table indicator_value (
  city_code text not null,
  value_id uuid not null,
  code text not null,
  definition text not null,
  definition_version text not null,
  period text not null,
  period_from date not null,
  period_to date not null,
  as_of timestamptz not null,
  measured_at timestamptz not null,
  measured_by text not null,
  value double precision,
  unit text not null,
  numerator double precision,
  denominator double precision,
  rows_counted bigint not null,
  rows_excluded bigint not null,
  comparator text,
  target double precision,
  met boolean,
  open_questions jsonb not null,
  row_digest text not null,
  -- snapshot of the profile the value was measured with, and what explains it
  context jsonb not null,
  primary key (city_code, value_id)
);
create unique index indicator_value_id on indicator_value (value_id);
create index indicator_value_latest on indicator_value (city_code, code, period, as_of desc, measured_at desc);

create function indicator_value_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'indicator_value is append-only: measure again instead of changing a value';
end $$;
create trigger indicator_value_append_only before update or delete on indicator_value for each row execute function indicator_value_is_append_only();
