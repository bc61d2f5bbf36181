-- Registers: every version of every row, from when it holds, when we learned it, from where. Nothing is ever overwritten.
-- city_code leads every key, so that cities can be spread over machines.

create table register_version (
  city_code text not null,
  register text not null,
  entity_id uuid not null,
  -- calendar day (Asia/Shanghai) from whose beginning the content holds
  valid_from date not null,
  recorded_at timestamptz not null,
  version_id uuid not null,
  -- set when the import that brought it was reverted; reads as of an earlier instant still see it
  retracted_at timestamptz,
  ended boolean not null default false,
  ended_reason text,
  district_code text,
  enterprise_id uuid,
  natural_key text not null,
  data jsonb not null,
  source_kind text not null,
  source_ref text not null,
  author_id text,
  author_name text not null,
  primary key (city_code, register, entity_id, valid_from, recorded_at, version_id)
);
create index register_version_key on register_version (city_code, register, natural_key);
create index register_version_source on register_version (city_code, source_ref) where source_kind = 'import';
create index register_version_enterprise on register_version (city_code, enterprise_id, register);

-- One row per entity: what is locked when two people edit, and what keeps a natural key unique among the living.
create table register_entity (
  city_code text not null,
  register text not null,
  entity_id uuid not null,
  natural_key text not null,
  alive boolean not null,
  primary key (city_code, register, entity_id)
);
create unique index register_entity_key on register_entity (city_code, register, natural_key) where alive;

-- An import from upload to revert; the apply is one transaction, so a crash leaves it applied or not applied.
create table register_import (
  city_code text not null,
  import_id uuid not null,
  register text not null,
  state text not null check (state in ('uploaded', 'mapped', 'checking', 'checked', 'applying', 'applied', 'reverted', 'failed')),
  file_name text not null,
  file_sha256 text not null,
  file_bytes bigint not null,
  sheets jsonb not null,
  sheet text,
  header_row integer,
  mapping jsonb,
  mode text,
  valid_from date,
  rows_done integer not null default 0,
  rows_total integer,
  counts jsonb,
  sample jsonb,
  failure jsonb,
  author_id text,
  author_name text not null,
  scope jsonb not null,
  uploaded_at timestamptz not null,
  checked_at timestamptz,
  applied_at timestamptz,
  reverted_at timestamptz,
  reverted_by text,
  heartbeat_at timestamptz not null,
  primary key (city_code, import_id)
);
create index register_import_log on register_import (city_code, register, uploaded_at desc);

-- The uploaded workbook itself, in pieces of 1 MiB, so that any process can go on with it and a backup holds it.
create table register_import_file (
  city_code text not null,
  import_id uuid not null,
  part integer not null,
  bytes bytea not null,
  primary key (city_code, import_id, part)
);

create table register_import_problem (
  city_code text not null,
  import_id uuid not null,
  sequence integer not null,
  row_number integer not null,
  column_letter text,
  field text,
  severity text not null,
  code text not null,
  value text,
  problem jsonb not null,
  primary key (city_code, import_id, sequence)
);
