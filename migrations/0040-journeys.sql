-- Journeys: what a vehicle did on a day, in versions; trips and halts of the version in force. Keyed by vehicle first.

create table vehicle_day (
  vehicle_id uuid not null,
  day date not null,
  recorded_at timestamptz not null,
  -- null while in force; a reading as of an earlier instant still finds the old version
  superseded_at timestamptz,
  version_id uuid not null,
  distance_metres double precision not null,
  distance_source text not null,
  gnss_distance_metres double precision not null,
  odometer_distance_metres double precision,
  gap_distance_metres double precision not null,
  odometer_faults int not null,
  moving_seconds int not null,
  halt_seconds int not null,
  gap_seconds int not null,
  trip_count int not null,
  halt_count int not null,
  gap_count int not null,
  point_count int not null,
  left_out_count int not null,
  -- only reasons that occur
  left_out jsonb not null,
  first_observed_at timestamptz,
  last_observed_at timestamptz,
  derivation_version text not null,
  -- first half of sha256 over the positions the version was derived from, neighbours included
  input_digest bytea not null,
  -- first 8 bytes of sha256 over the version's content: summed by indicators, so that a changed row shows
  fingerprint bigint not null,
  -- bookkeeping, not content: digests of the positions that neighbouring days look at; kept up to date in place
  head_digest bytea not null,
  tail_digest bytea not null,
  primary key (vehicle_id, day, recorded_at)
);
-- Indicators add up millions of vehicle-days: what they add is in the index, so the wide rows are not read.
create unique index vehicle_day_in_force on vehicle_day (vehicle_id, day) include (recorded_at, distance_metres, fingerprint) where superseded_at is null;
create index vehicle_day_superseded on vehicle_day (vehicle_id, day) where superseded_at is not null;

create table trip (
  vehicle_id uuid not null,
  day date not null,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  begins_before boolean not null,
  continues_after boolean not null,
  start_lon double precision not null,
  start_lat double precision not null,
  end_lon double precision not null,
  end_lat double precision not null,
  distance_metres double precision not null,
  max_speed_kmh real not null,
  point_count int not null,
  primary key (vehicle_id, day, started_at)
);

create table halt (
  vehicle_id uuid not null,
  day date not null,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  begins_before boolean not null,
  continues_after boolean not null,
  lon double precision not null,
  lat double precision not null,
  point_count int not null,
  unobserved_seconds int not null,
  primary key (vehicle_id, day, started_at)
);
