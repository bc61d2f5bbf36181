import { usccCheckDigit, vinCheckDigit } from '../../src/base/identifiers.ts'
import { hashOf } from '../random.ts'

/**
 * Made-up numbers that are right in form and belong to nobody: plates carry 青J, a letter no authority issues; VINs begin
 * with 0, a region code ISO 3779 leaves free; credit codes name division 999900; terminals have numbers no operator gives out.
 */
const digitsOf = (length: number, ...path: (string | number)[]): string => String(hashOf(...path) % 10 ** length).padStart(length, '0')
const letters = 'ABCDEFGHJKLMNPRSTUVWXYZ'
const letterOf = (...path: (string | number)[]): string => letters[hashOf(...path) % letters.length]!

export type PlateForm = 'nev-small-electric' | 'nev-small-hybrid' | 'nev-large-electric' | 'ordinary'

const plateForms: Readonly<Record<PlateForm, (number: number) => string>> = {
  'nev-small-electric': (number) => `青JD${digitsOf(4, 'plate', number)}${number % 10}`,
  'nev-small-hybrid': (number) => `青JF${digitsOf(4, 'plate', number)}${number % 10}`,
  'nev-large-electric': (number) => `青J${digitsOf(4, 'plate', number)}${number % 10}D`,
  ordinary: (number) => `青J${letterOf('plate', number)}${digitsOf(3, 'plate', number)}${number % 10}`,
}

export const plateOf = (form: PlateForm, number: number): string => plateForms[form](number)
/** City-wide number of an electric tricycle. */
export const tricyclePlateOf = (number: number): string => `青港邮${String(number).padStart(4, '0')}`

/** Model-year signs of GB 16735 from 2010 on. */
const yearSigns = 'ABCDEFGHJKLMNPRSTVWXY'

export function vinOf(number: number, year: number): string {
  const open = `0DM${letterOf('vin', number)}${digitsOf(4, 'vin', number)}0${yearSigns[year - 2010]!}G${String(number).padStart(6, '0')}`
  return `${open.slice(0, 8)}${vinCheckDigit(open)}${open.slice(9)}`
}

export function usccOf(number: number): string {
  const open = `91999900MA${digitsOf(6, 'uscc', number)}${number % 10}`
  return open + usccCheckDigit(open)
}

/** Eleven digits beginning 100, which no mobile number does. */
export const terminalPhoneOf = (number: number): string => `1009990${String(number).padStart(4, '0')}`
