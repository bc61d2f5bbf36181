import type { Codec } from './codec.ts'

/** One row of a message table. */
export interface Field<Name extends string = string, Value = unknown> {
  readonly name: Name
  readonly codec: Codec<Value>
}

/** A row that is there only under a condition on the rows before it or on the edition. */
export interface OptionalField<Name extends string = string, Value = unknown> extends Field<Name, Value> {
  readonly when: (record: Readonly<Record<string, unknown>>, edition: string) => boolean
}

export const field = <const Name extends string, Value>(name: Name, codec: Codec<Value>): Field<Name, Value> => ({ name, codec })

export const optional = <const Name extends string, Value>(
  name: Name,
  codec: Codec<Value>,
  when: OptionalField['when'],
): OptionalField<Name, Value> => ({ name, codec, when })

/** A row that is there only when the sender wrote that far: read while `bytes` are left, written when there is a value. */
export interface TrailingField<Name extends string = string, Value = unknown> extends OptionalField<Name, Value> {
  readonly bytes: number
}

export const trailing = <const Name extends string, Value>(name: Name, codec: Codec<Value>, bytes = 1): TrailingField<Name, Value> => ({
  name,
  codec,
  bytes,
  when: (record) => record[name] !== undefined,
})

type ValueOf<F> = F extends Field<string, infer Value> ? Value : never
type Certain<Fields extends readonly Field[]> = { [F in Fields[number] as F extends OptionalField ? never : F['name']]: ValueOf<F> }
type Possible<Fields extends readonly Field[]> = { [F in Fields[number] as F extends OptionalField ? F['name'] : never]?: ValueOf<F> }

/** The shape a table describes. */
export type RecordOf<Fields extends readonly Field[]> = { [Key in keyof (Certain<Fields> & Possible<Fields>)]: (Certain<Fields> & Possible<Fields>)[Key] }

/** Type of the values a codec reads. */
export type ReadBy<C> = C extends Codec<infer Value> ? Value : never

const isWritten = (row: Field, record: Readonly<Record<string, unknown>>, edition: string): boolean =>
  !('when' in row) || (row as OptionalField).when(record, edition)

const isRead = (row: Field, record: Readonly<Record<string, unknown>>, edition: string, remaining: number): boolean =>
  'bytes' in row ? remaining >= (row as TrailingField).bytes : isWritten(row, record, edition)

/** The generic walk: a table of fields becomes the codec of a record. Rows are read and written in the order of the table. */
export const record = <const Fields extends readonly Field[]>(...fields: Fields): Codec<RecordOf<Fields>> => ({
  read: (reader, edition) => {
    const values: Record<string, unknown> = {}
    for (const row of fields) {
      if (isRead(row, values, edition, reader.remaining)) values[row.name] = row.codec.read(reader, edition)
    }
    return values as RecordOf<Fields>
  },
  write: (writer, given, edition) => {
    const values = given as Readonly<Record<string, unknown>>
    for (const row of fields) {
      if (isWritten(row, values, edition)) row.codec.write(writer, values[row.name], edition)
    }
  },
})
