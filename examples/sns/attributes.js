/** As many bytes as AWS counts: the message, and names, types and values of its attributes. */
export function sizeOf({ Message = '', MessageAttributes = {} }) {
  return Object.entries(MessageAttributes).reduce(
    (sum, [name, { DataType = '', StringValue = '', BinaryValue }]) =>
      sum + Buffer.byteLength(name + DataType + StringValue) + (BinaryValue?.length ?? 0),
    Buffer.byteLength(Message),
  )
}

/** `position`: of the entry in a batch. */
export function checkAttributes(attributes, { error }, position) {
  const wrong = (text) => error('InvalidParameterValueException', text)
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes)) {
    const complaint = nameComplaint(name)
    if (complaint !== undefined) throw wrong(complaint)
    if (DataType === undefined) {
      const entry = position === undefined ? '' : `publishBatchRequestEntries.${position}.member.`
      const at = `${entry}messageAttributes.${name}.member.dataType`
      const text = `Value null at '${at}' failed to satisfy constraint: Member must not be null`
      throw error('ValidationException', `1 validation error detected: ${text}`)
    }
    if (!/^(?:String|Number|Binary)(?:\.[\w.-]+)?$/.test(DataType))
      throw wrong(
        `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
      )
    const field = DataType.startsWith('Binary') ? 'Binary' : 'String'
    const [value, other] = field === 'Binary' ? [BinaryValue, StringValue] : [StringValue, BinaryValue]
    if (value === undefined && other !== undefined)
      throw wrong(`The message attribute '${name}' with type '${DataType}' must use field '${field}'.`)
    if (value === undefined || value.length === 0)
      throw wrong(
        `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
      )
    if (DataType.startsWith('Number') && !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value))
      throw wrong(`Could not cast message attribute '${name}' value to number.`)
  }
}

function nameComplaint(name) {
  if (name.length > 256) return 'Length of message attribute name must be less than 256 bytes.'
  if (name.startsWith('.')) return "Invalid message attribute name starting with character '.' was found."
  if (name.endsWith('.')) return "Invalid message attribute name ending with character '.' was found."
  const [odd] = name.match(/[^\w.-]/) ?? []
  if (odd !== undefined)
    return (
      `Invalid non-alphanumeric character '#x${odd.codePointAt(0).toString(16).toUpperCase()}' was found in the message ` +
      'attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.'
    )
  return name.includes('..') ? "Message attribute name can not have successive '.' character." : undefined
}
