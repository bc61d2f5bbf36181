/** Event kinds: a closed union. Our words and units only; no vendor's name survives to here. */
export interface PositionEvent {
  readonly kind: 'position'
  /** epoch ms by the device's own clock */
  readonly observedAt: number
  /** WGS-84 degrees */
  readonly lon: number
  readonly lat: number
  readonly altitudeMetres: number | null
  readonly speedKmh: number
  readonly directionDegrees: number
  readonly odometerMetres: number | null
  readonly fixValid: boolean
  readonly ignitionOn: boolean | null
  readonly loadState: 'empty' | 'half' | 'full' | null
  /** alarm bits of JT/T 808 table 24, 0 when the source has none */
  readonly alarmFlags: number
  /** sent later than observed: blind-zone or re-issued data */
  readonly backfilled: boolean
}

export interface VehicleStateEvent {
  readonly kind: 'vehicle-state'
  readonly observedAt: number
  readonly odometerMetres: number | null
  readonly speedKmh: number | null
  readonly socPercent: number | null
  readonly charging: 'parked' | 'driving' | 'no' | 'done' | null
  readonly voltageVolts: number | null
  readonly currentAmperes: number | null
  readonly backfilled: boolean
}

export interface TerminalSessionEvent {
  readonly kind: 'terminal-session'
  readonly observedAt: number
  readonly change: 'registered' | 'authenticated' | 'logged-in' | 'logged-out'
  readonly detail: string
}

export type VehicleEvent = PositionEvent | VehicleStateEvent | TerminalSessionEvent

export type SourceProtocol = 'jt808' | 'gb32960'

/** What a gateway hands over for one frame: the bytes, what they meant, or what was wrong with them. */
export interface FrameEvents {
  readonly protocol: SourceProtocol
  /** terminal phone number or VIN as received */
  readonly terminal: string
  readonly bytes: Uint8Array
  readonly receivedAt: number
  /** null while no register knows the terminal */
  readonly vehicleId: string | null
  readonly events: readonly VehicleEvent[]
  readonly fault: { readonly code: string; readonly message: string } | null
}

/** Where gateways put frames. `record` resolves only after the frame and its facts are durable; only then is it acknowledged. */
export interface FactSink {
  record(frame: FrameEvents): Promise<void>
}
