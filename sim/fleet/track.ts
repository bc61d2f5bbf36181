/** What a device knows at one moment. */
export interface Reading {
  /** epoch ms, whole seconds */
  readonly at: number
  /** when it can be sent: at once, or after a dead spot of the network is left */
  readonly sendAt: number
  readonly lon: number
  readonly lat: number
  readonly speedKmh: number
  readonly directionDegrees: number
  readonly odometerMetres: number
  readonly ignitionOn: boolean
  readonly fixValid: boolean
  /** 0 empty, 1 half, 3 full, as the status bits of JT/T 808 count */
  readonly load: number
  /** alarm bits of JT/T 808 table 24 */
  readonly alarm: number
  readonly socPercent: number
  readonly charging: Charging
}

/** 1 parked and charging, 2 driving and charging, 3 not charging, 4 full: the charge states of GB/T 32960 */
export type Charging = 1 | 2 | 3 | 4

/** Readings of one vehicle and day, in order of time, no two in the same second. */
export type Track = readonly Reading[]
