/**
 * The shape language: as much of Smithy as JSON 1.0 and the query protocol need. A service declares its operations in
 * it (sqs/shapes.ts); the protocols read and write by it.
 */
export type Shape =
  | { readonly type: 'string' }
  | { readonly type: 'integer' }
  | { readonly type: 'long' }
  | { readonly type: 'boolean' }
  | { readonly type: 'blob' }
  /** In the query protocol flattened under a name of its own, `QueryName.1`; without one `Name.member.1`. */
  | { readonly type: 'list'; readonly member: Shape; readonly queryName?: string }
  /** In the query protocol `QueryName.1.Key` and `QueryName.1.Value`; without a name of its own `Name.entry.1.Key`. */
  | {
      readonly type: 'map'
      readonly value: Shape
      readonly queryName?: string
      readonly keyName: string
      readonly valueName: string
    }
  | StructureShape

export interface StructureShape {
  readonly type: 'structure'
  readonly members: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  /** Declares nothing: its members are taken and given as they come. */
  readonly isOpen?: true
}

export interface OperationShape {
  readonly input: StructureShape
  readonly output: StructureShape
}

/** What the protocols need to know of a service. */
export interface ServiceShapes {
  /** `X-Amz-Target` prefix of JSON 1.0, without the dot: `AmazonSQS`. */
  readonly targetPrefix: string
  /** Smithy namespace of modelled errors: `com.amazonaws.sqs`. */
  readonly namespace: string
  /** The query protocol's `xmlns`. */
  readonly xmlNamespace: string
  readonly operations: Readonly<Record<string, OperationShape>>
}

/** Operations that answer nothing, not even something empty. */
export function isVoid({ members, isOpen }: StructureShape): boolean {
  return isOpen !== true && Object.keys(members).length === 0
}
