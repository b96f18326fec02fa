import type { Shape, StructureShape } from '../core/shapes.ts'

/** The words in which a service declares its inputs and outputs. */
export const shape = {
  string: { type: 'string' },
  integer: { type: 'integer' },
  long: { type: 'long' },
  boolean: { type: 'boolean' },
  /** A Buffer in code, base64 on the wire. */
  blob: { type: 'blob' },

  /** `Name.member.1` in the query protocol; with `queryName` it is flattened: `QueryName.1`. */
  list: (member: Shape, queryName?: string): Shape => ({
    type: 'list',
    member,
    ...(queryName !== undefined && { queryName }),
  }),

  /** `Name.entry.1.key` and `…value` in the query protocol, unless the names are others. */
  map: (
    value: Shape,
    names: { readonly key?: string; readonly value?: string; readonly query?: string } = {},
  ): Shape => ({
    type: 'map',
    value,
    keyName: names.key ?? 'key',
    valueName: names.value ?? 'value',
    ...(names.query !== undefined && { queryName: names.query }),
  }),

  structure: (members: Readonly<Record<string, Shape>>, required: readonly string[] = []): StructureShape => ({
    type: 'structure',
    members,
    required,
  }),
} as const satisfies Readonly<Record<string, Shape | ((...given: never[]) => Shape)>>

/** What is not declared comes and goes as it is. */
export const OPEN: StructureShape = { type: 'structure', members: {}, isOpen: true }
