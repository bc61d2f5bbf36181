-- Facts: append-only, keyed by vehicle and time so that they can be spread over machines; frames keep the bytes they came from.

create table frame (
  frame_id uuid not null,
  received_at timestamptz not null,
  protocol text not null,
  terminal text not null,
  vehicle_id uuid,
  bytes bytea not null,
  fault_code text,
  fault_message text,
  primary key (frame_id)
);
create index frame_fault on frame (received_at) where fault_code is not null;
create index frame_vehicle on frame (vehicle_id, received_at);

create table position_fact (
  vehicle_id uuid not null,
  observed_at timestamptz not null,
  source text not null,
  received_at timestamptz not null,
  lon double precision not null,
  lat double precision not null,
  altitude_metres real,
  speed_kmh real not null,
  direction_degrees smallint not null,
  odometer_metres double precision,
  fix_valid boolean not null,
  ignition_on boolean,
  load_state text,
  alarm_flags bigint not null,
  backfilled boolean not null,
  frame_id uuid not null,
  frame_item smallint not null,
  primary key (vehicle_id, observed_at, source)
) partition by range (observed_at);
create table position_fact_rest partition of position_fact default;

create table vehicle_state_fact (
  vehicle_id uuid not null,
  observed_at timestamptz not null,
  source text not null,
  received_at timestamptz not null,
  odometer_metres double precision,
  speed_kmh real,
  soc_percent real,
  charging text,
  voltage_volts real,
  current_amperes real,
  backfilled boolean not null,
  frame_id uuid not null,
  frame_item smallint not null,
  primary key (vehicle_id, observed_at, source)
);

create table terminal_session_fact (
  vehicle_id uuid not null,
  observed_at timestamptz not null,
  source text not null,
  received_at timestamptz not null,
  change text not null,
  detail text not null,
  frame_id uuid not null,
  frame_item smallint not null,
  primary key (vehicle_id, observed_at, source, change)
);

-- The newest position of every vehicle; re-sent old rows never move it backwards.
create table latest_position (
  vehicle_id uuid primary key,
  observed_at timestamptz not null,
  received_at timestamptz not null,
  source text not null,
  lon double precision not null,
  lat double precision not null,
  speed_kmh real not null,
  direction_degrees smallint not null,
  odometer_metres double precision,
  ignition_on boolean,
  alarm_flags bigint not null,
  frame_id uuid not null
);

-- Newest battery state, for the vehicle card.
create table latest_vehicle_state (
  vehicle_id uuid primary key,
  observed_at timestamptz not null,
  soc_percent real,
  charging text,
  odometer_metres double precision
);

-- Vehicle-days that got new facts and must be derived again; `touches` tells whether more came while one was at work.
create table touched_day (
  vehicle_id uuid not null,
  day date not null,
  touches bigint not null default 1,
  touched_at timestamptz not null,
  primary key (vehicle_id, day)
);
create index touched_day_order on touched_day (touched_at);
