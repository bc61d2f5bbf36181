/** Numbers and codes people write by hand, each with its check. They name things and are never primary keys. */
export { normalisePlate, parsePlate, type Plate, type PlateKind } from './identifiers-plate.ts'
export { checkVin, normaliseVin, vinCheckDigit } from './identifiers-vin.ts'
export { checkUscc, normaliseUscc, usccCheckDigit } from './identifiers-uscc.ts'
export { checkDivisionCode, parseDivision, type Division } from './identifiers-division.ts'
export { checkPhone, checkTerminalPhone, normalisePhone } from './identifiers-phone.ts'
export { coordinateSystems, parseCoordinateSystem, surveyPoint, type CoordinateSystem, type DeclaredPoint, type SurveyedPoint } from './coordinates.ts'
