import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Every setting with its default and a sentence; docs/generated/settings.md is made from this table. */
export const settingTable = [
  { name: 'DATABASE_URL', default: '', sentence: 'PostgreSQL 16+ to use; when set, no embedded database is started.', secret: true },
  { name: 'LVPEI_DATA', default: '.data', sentence: 'Directory of the embedded database, secrets and uploaded files.', secret: false },
  { name: 'LVPEI_CITIES', default: 'cities', sentence: 'Directory of city profiles.', secret: false },
  { name: 'LVPEI_CITY', default: '', sentence: 'Code of the city whose public pages are shown to people who are not signed in; empty: the made-up demo city.', secret: false },
  { name: 'LVPEI_HOST', default: '127.0.0.1', sentence: 'Address the web and the gateways listen on.', secret: false },
  { name: 'LVPEI_BASE_URL', default: '', sentence: 'Public address printed in documents and QR codes; empty: the web address itself.', secret: false },
  { name: 'LVPEI_LOG', default: 'warn', sentence: 'Log level: trace, debug, info, warn, error, silent.', secret: false },
  { name: 'LVPEI_SESSION_HOURS', default: '12', sentence: 'Hours after which a session ends whatever happens.', secret: false },
  { name: 'LVPEI_SESSION_IDLE_MINUTES', default: '30', sentence: 'Minutes without a request after which a session ends.', secret: false },
] as const

export type SettingName = (typeof settingTable)[number]['name']

export interface Settings {
  /** root of the checkout */
  readonly root: string
  readonly databaseUrl: string
  readonly dataDirectory: string
  readonly citiesDirectory: string
  /** '' until the start chooses the demo city */
  readonly defaultCity: string
  readonly host: string
  readonly baseUrl: string
  readonly logLevel: string
  readonly sessionHours: number
  readonly sessionIdleMinutes: number
}

/** Reads the environment once; refuses contradictions with a sentence. */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const value = (name: SettingName): string => environment[name] ?? settingTable.find((each) => each.name === name)!.default
  const root = resolve(environment['LVPEI_ROOT'] ?? join(dirname(fileURLToPath(import.meta.url)), '..', '..'))
  const positive = (name: SettingName): number => {
    const number = Number(value(name))
    if (!Number.isFinite(number) || number <= 0) throw new Error(`setting ${name} must be a positive number, not "${value(name)}"`)
    return number
  }
  const databaseUrl = value('DATABASE_URL')
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl)) throw new Error('setting DATABASE_URL must begin with postgres:// or postgresql://')
  const citiesDirectory = resolve(root, value('LVPEI_CITIES'))
  if (!existsSync(citiesDirectory)) throw new Error(`setting LVPEI_CITIES names no directory: ${citiesDirectory}`)
  return {
    root,
    databaseUrl,
    dataDirectory: resolve(root, value('LVPEI_DATA')),
    citiesDirectory,
    defaultCity: value('LVPEI_CITY'),
    host: value('LVPEI_HOST'),
    baseUrl: value('LVPEI_BASE_URL').replace(/\/$/, ''),
    logLevel: value('LVPEI_LOG'),
    sessionHours: positive('LVPEI_SESSION_HOURS'),
    sessionIdleMinutes: positive('LVPEI_SESSION_IDLE_MINUTES'),
  }
}
