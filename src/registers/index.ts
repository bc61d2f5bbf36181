/** The one mechanism for registers: declared fields → storage with history and as-of, validation, Excel in and out, HTTP, forms. */
export { defineRegister, naturalKeyOf, naturalKeyTitle } from './define.ts'
export type { AnyRegister, CheckContext, DataOf, Field, FieldProblem, Fields, FieldType, Register, RegisterSpec, Severity } from './define.ts'
export type { Author, Change, Entity, EntityOf, Filter, ListOptions, Operator, ReadInstant, RecordedVersion, Recording, Version, VersionSource } from './entity.ts'
export { registerProblem } from './problems.ts'
export { countEntities, findEntity, getEntity, historyOf, listEntities, readAll, type Key } from './store.ts'
export { recordVersions, type Writing } from './store-record.ts'
export { divisionsOf } from './divisions.ts'
