/** The only place with conversion factors. One unit per quantity inside; every pair has a round-trip test. */
export const kmhFromTenths = (raw: number): number => raw / 10
export const tenthsFromKmh = (speedKmh: number): number => Math.round(speedKmh * 10)
export const metresFromTenthsOfKm = (raw: number): number => raw * 100
export const tenthsOfKmFromMetres = (distanceMetres: number): number => Math.round(distanceMetres / 100)
export const metresFromKm = (km: number): number => km * 1000
export const kmFromMetres = (distanceMetres: number): number => distanceMetres / 1000
export const kmhFromMetresPerSecond = (speed: number): number => speed * 3.6
export const metresPerSecondFromKmh = (speedKmh: number): number => speedKmh / 3.6
export const degreesFromMicro = (raw: number): number => raw / 1e6
export const microFromDegrees = (degrees: number): number => Math.round(degrees * 1e6)
export const secondsFromMs = (ms: number): number => ms / 1000
export const msFromSeconds = (durationSeconds: number): number => durationSeconds * 1000
export const msFromMinutes = (minutes: number): number => minutes * 60_000
export const msFromHours = (hours: number): number => hours * 3_600_000
/** Paper: the type area is given in millimetres, type in points (1/72 inch), Word counts twentieths of a point. */
export const pointsFromMillimetres = (millimetres: number): number => (millimetres / 25.4) * 72
export const millimetresFromPoints = (points: number): number => (points / 72) * 25.4
export const twipsFromPoints = (points: number): number => Math.round(points * 20)
/** Road signs elsewhere in the world, as OSM writes them. */
export const kgFromTonnes = (tonnes: number): number => tonnes * 1000
export const tonnesFromKg = (massKg: number): number => massKg / 1000
export const kgFromPounds = (pounds: number): number => pounds * 0.453_592_37
export const metresFromFeet = (feet: number): number => feet * 0.3048
export const metresFromCentimetres = (centimetres: number): number => centimetres / 100
export const centimetresFromMetres = (distanceMetres: number): number => distanceMetres * 100
export const kmhFromMilesPerHour = (milesPerHour: number): number => milesPerHour * 1.609_344
