import { hash } from 'node:crypto'
import type { ServiceError } from '../core/errors.ts'
import type { MessageAttribute, MessageAttributes } from './engine/message.ts'
import { sqsError } from './errors.ts'
import { hasOnlyLegalCharacters } from './validation.ts'

/** A message attribute as the API has it. */
export interface WireAttribute {
  readonly DataType?: string
  readonly StringValue?: string
  readonly BinaryValue?: Buffer
  readonly StringListValues?: readonly string[]
  readonly BinaryListValues?: readonly Buffer[]
}

export type WireAttributes = Readonly<Record<string, WireAttribute>>

const MOST_ATTRIBUTES = 10
const MOST_CHARACTERS = 256
const TYPE = /^(?:String|Number|Binary)(?:\..+)?$/s
// AWS documents A-Z, a-z, 0-9, _ . - and lets Latin letters such as ä and ß through.
const NAME = /^[A-Za-z0-9_.\u00C0-\u024F-]+$/
const NUMBER = /^[+-]?(?:(\d+)\.?(\d*)|\.(\d+))(?:[eE][+-]?\d+)?$/
const MOST_DIGITS = 38

/** The attributes of a message to send, checked; `undefined` when it has none. Throws what AWS answers. */
export function readMessageAttributes(given: WireAttributes | undefined): MessageAttributes | undefined {
  if (given === undefined) return undefined
  const names = Object.keys(given)
  if (names.length === 0) return undefined
  if (names.length > MOST_ATTRIBUTES) {
    throw invalid(`Number of message attributes [${names.length}] exceeds the allowed maximum [${MOST_ATTRIBUTES}].`)
  }
  const attributes: Record<string, MessageAttribute> = {}
  for (const name of names) {
    checkName(name)
    const value = readAttribute(name, given[name] as WireAttribute, 'user')
    // `__proto__` is a legal name: assigning it would lose it.
    if (name === '__proto__') Object.defineProperty(attributes, name, { value, enumerable: true })
    else attributes[name] = value
  }
  return attributes
}

/** The one system attribute that can be sent, `AWSTraceHeader`. Its text is not checked. */
export function readTraceHeader(given: WireAttributes | undefined): string | undefined {
  if (given === undefined) return undefined
  let traceHeader: string | undefined
  for (const name of Object.keys(given)) {
    if (name !== 'AWSTraceHeader') {
      throw invalid(`Message (system) attribute '${name}' is not supported, the only supported name is AWSTraceHeader.`)
    }
    const attribute = readAttribute(name, given[name] as WireAttribute, 'system')
    if (attribute.dataType !== 'String') {
      throw invalid("Message (system) attribute 'AWSTraceHeader' must be of type 'String'.")
    }
    traceHeader = attribute.stringValue
  }
  return traceHeader
}

/** What AWS counts of attributes: name, type and value. Of attributes not yet checked, as batches add up first. */
export function messageAttributesBytes(given: WireAttributes | undefined): number {
  if (given === undefined) return 0
  let sizeBytes = 0
  for (const name of Object.keys(given)) {
    const attribute = given[name] as WireAttribute
    sizeBytes += Buffer.byteLength(name)
    sizeBytes += attribute.DataType === undefined ? 0 : Buffer.byteLength(attribute.DataType)
    sizeBytes += attribute.StringValue === undefined ? 0 : Buffer.byteLength(attribute.StringValue)
    sizeBytes += attribute.BinaryValue === undefined ? 0 : attribute.BinaryValue.length
  }
  return sizeBytes
}

/**
 * The digest that SDKs recompute: for each name in order
 * `u32(length) name  u32(length) type  u8(1 text, 2 bytes)  u32(length) value`, the type with its label. User and system
 * attributes have one each.
 */
export function messageAttributesMd5(attributes: MessageAttributes): string {
  const names = Object.keys(attributes).toSorted()
  let sizeBytes = 0
  for (const name of names) sizeBytes += 13 + contentBytes(name, attributes[name] as MessageAttribute)
  const bytes = Buffer.allocUnsafe(sizeBytes)
  let at = 0
  const append = (text: string | Buffer): void => {
    const length = typeof text === 'string' ? bytes.write(text, at + 4) : text.copy(bytes, at + 4)
    bytes.writeUInt32BE(length, at)
    at += 4 + length
  }
  for (const name of names) {
    const attribute = attributes[name] as MessageAttribute
    append(name)
    append(attribute.dataType)
    bytes[at++] = attribute.binaryValue === undefined ? 1 : 2
    append(attribute.binaryValue ?? attribute.stringValue ?? '')
  }
  return hash('md5', bytes)
}

/** The system attributes' digest, of a message whose only one is the trace header. */
export function traceHeaderMd5(traceHeader: string): string {
  return messageAttributesMd5({ AWSTraceHeader: { dataType: 'String', stringValue: traceHeader } })
}

export function wireAttribute(attribute: MessageAttribute): WireAttribute {
  return attribute.binaryValue === undefined
    ? { DataType: attribute.dataType, StringValue: attribute.stringValue ?? '' }
    : { DataType: attribute.dataType, BinaryValue: attribute.binaryValue }
}

function contentBytes(name: string, attribute: MessageAttribute): number {
  const valueBytes = attribute.binaryValue?.length ?? Buffer.byteLength(attribute.stringValue ?? '')
  return Buffer.byteLength(name) + Buffer.byteLength(attribute.dataType) + valueBytes
}

/** AWS's rules are documented, its texts for them are not verified; the code is. */
function checkName(name: string): void {
  if (name.length > MOST_CHARACTERS) {
    throw invalid(`Message (user) attribute name must be shorter than ${MOST_CHARACTERS + 1} characters.`)
  }
  if (!NAME.test(name)) {
    throw invalid(
      `Message (user) attribute name '${name}' is invalid: it can only contain letters, digits, underscores, hyphens and periods.`,
    )
  }
  if (name.startsWith('.') || name.endsWith('.') || name.includes('..')) {
    throw invalid(
      `Message (user) attribute name '${name}' is invalid: it must not start or end with a period or have periods in succession.`,
    )
  }
  if (/^(?:aws|amazon)\./i.test(name)) {
    throw invalid(`Message (user) attribute name '${name}' is invalid: it must not start with AWS. or Amazon.`)
  }
}

function readAttribute(name: string, given: WireAttribute, whose: 'user' | 'system'): MessageAttribute {
  const dataType = given.DataType ?? ''
  if (dataType === '') throw invalid(`The message attribute '${name}' must contain non-empty message attribute type.`)
  if (dataType.length > MOST_CHARACTERS || !TYPE.test(dataType)) {
    throw invalid(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    )
  }
  if (hasItems(given.StringListValues) || hasItems(given.BinaryListValues)) {
    throw invalid(`Message (${whose}) attribute '${name}' has a list value, which is not supported.`)
  }
  return dataType.startsWith('Binary')
    ? readBinary(name, dataType, given.BinaryValue, whose)
    : readText(name, dataType, given.StringValue, whose)
}

function readBinary(name: string, dataType: string, value: Buffer | undefined, whose: string): MessageAttribute {
  if (value === undefined || value.length === 0) throw emptyValue(name, dataType, whose)
  return { dataType, binaryValue: value }
}

function readText(name: string, dataType: string, value: string | undefined, whose: string): MessageAttribute {
  if (value === undefined || value === '') throw emptyValue(name, dataType, whose)
  // Not InvalidMessageContents, which AWS keeps for bodies.
  if (!hasOnlyLegalCharacters(value)) {
    throw invalid(`Invalid binary character found in the value of message (${whose}) attribute '${name}'.`)
  }
  if (dataType.startsWith('Number') && !isNumber(value)) {
    throw invalid(`Can't cast the value of message (${whose}) attribute '${name}' to a number.`)
  }
  return { dataType, stringValue: value }
}

/** Up to 38 significant digits, from 1e-128 to 1e126. The text is kept as it came. */
function isNumber(text: string): boolean {
  const match = NUMBER.exec(text)
  if (match === null) return false
  const digits = `${match[1] ?? ''}${match[2] ?? ''}${match[3] ?? ''}`.replace(/^0+|0+$/g, '')
  if (digits.length > MOST_DIGITS) return false
  const size = Math.abs(Number(text))
  return digits === '' || (size >= 1e-128 && size <= 1e126)
}

function hasItems(list: readonly unknown[] | undefined): boolean {
  return list !== undefined && list.length > 0
}

function emptyValue(name: string, dataType: string, whose: string): ServiceError {
  return invalid(`Message (${whose}) attribute '${name}' must contain a non-empty value of type '${dataType}'.`)
}

function invalid(message: string): ServiceError {
  return sqsError('InvalidParameterValueException', message)
}
