import type { PlateForm } from './identifiers.ts'

/** What a kind of vehicle is and how it drives. */
export interface VehicleModel {
  readonly plateForm: PlateForm | 'tricycle'
  readonly plateColour?: string
  readonly energy: 'bev' | 'phev' | 'diesel'
  readonly bodyType: string
  readonly grossMassKg?: number
  readonly loadMassKg: number
  readonly volumeM3: number
  /** usable battery; absent for fuel */
  readonly batteryKwh?: number
  readonly kwhPerKm?: number
  readonly packVolts?: number
  /** a working day's distance when the programme began */
  readonly dailyKm: number
}

const small = { plateForm: 'nev-small-electric', plateColour: '95', energy: 'bev' } as const
const large = { plateForm: 'nev-large-electric', plateColour: '94', energy: 'bev' } as const
const hybrid = { plateForm: 'nev-small-hybrid', plateColour: '95', energy: 'phev' } as const
const blue = { plateForm: 'ordinary', plateColour: '1', energy: 'diesel' } as const
const yellow = { plateForm: 'ordinary', plateColour: '2', energy: 'diesel' } as const

export const vehicleModels = {
  'bev-van': { ...small, bodyType: 'van', grossMassKg: 2800, loadMassKg: 1000, volumeM3: 6.5, batteryKwh: 42, kwhPerKm: 0.22, packVolts: 330, dailyKm: 49 },
  'bev-light': { ...small, bodyType: 'box', grossMassKg: 4495, loadMassKg: 1300, volumeM3: 18, batteryKwh: 100, kwhPerKm: 0.36, packVolts: 540, dailyKm: 54 },
  'bev-heavy': { ...large, bodyType: 'box', grossMassKg: 9000, loadMassKg: 4500, volumeM3: 36, batteryKwh: 160, kwhPerKm: 0.55, packVolts: 580, dailyKm: 64 },
  'bev-reefer': { ...small, bodyType: 'refrigerated', grossMassKg: 4495, loadMassKg: 1000, volumeM3: 14, batteryKwh: 107, kwhPerKm: 0.43, packVolts: 540, dailyKm: 55 },
  'bev-insulated': { ...small, bodyType: 'insulated', grossMassKg: 3500, loadMassKg: 1100, volumeM3: 9, batteryKwh: 60, kwhPerKm: 0.3, packVolts: 350, dailyKm: 50 },
  'phev-light': { ...hybrid, bodyType: 'box', grossMassKg: 4490, loadMassKg: 1400, volumeM3: 17, batteryKwh: 22, kwhPerKm: 0.3, packVolts: 360, dailyKm: 56 },
  'diesel-light': { ...blue, bodyType: 'box', grossMassKg: 4490, loadMassKg: 1500, volumeM3: 17, dailyKm: 52 },
  'diesel-mid': { ...yellow, bodyType: 'enclosed', grossMassKg: 7500, loadMassKg: 3900, volumeM3: 30, dailyKm: 60 },
  'diesel-reefer': { ...yellow, bodyType: 'refrigerated', grossMassKg: 7300, loadMassKg: 3200, volumeM3: 24, dailyKm: 57 },
  tricycle: { plateForm: 'tricycle', energy: 'bev', bodyType: 'three-wheel', grossMassKg: 500, loadMassKg: 200, volumeM3: 1.6, batteryKwh: 5, kwhPerKm: 0.06, packVolts: 60, dailyKm: 22 },
} as const satisfies Record<string, VehicleModel>

export type ModelKey = keyof typeof vehicleModels
export const modelOf = (key: ModelKey): VehicleModel => vehicleModels[key]
