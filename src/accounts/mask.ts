/** Personal data in lists and exports: enough to recognise a record one knows, not enough to use it. */

/** `138****5678`; shorter numbers keep their last two digits. */
export const maskPhone = (phone: string): string => (phone.length >= 11 ? `${phone.slice(0, -8)}****${phone.slice(-4)}` : `****${phone.slice(-2)}`)

/** `3207**********1234` of an 18-character identity number. */
export const maskIdentityNumber = (number: string): string => (number.length < 12 ? '*'.repeat(number.length) : `${number.slice(0, 4)}${'*'.repeat(number.length - 8)}${number.slice(-4)}`)

/** `张*`, `欧阳*`: a Chinese name of two to four characters without its last ones. */
export const maskName = (name: string): string => {
  const characters = [...name]
  const kept = characters.length >= 4 ? 2 : 1
  return characters.length < 2 ? '*' : `${characters.slice(0, kept).join('')}${'*'.repeat(characters.length - kept)}`
}
