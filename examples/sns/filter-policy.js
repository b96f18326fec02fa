import { BlockList, isIP } from 'node:net'

/** AWS's quotas: keys on the first level, and values multiplied with each other and with how deep they stand. */
const MOST_KEYS = 5
const MOST_COMBINATIONS = 150

/** What is wrong with a filter policy as a text, in AWS's words; nothing where it is right. */
export function policyComplaint(text, scope) {
  let policy
  try {
    policy = JSON.parse(text)
  } catch {
    return 'FilterPolicy: failed to parse JSON.'
  }
  if (!isObject(policy)) return 'FilterPolicy: Filter policy must be an object'
  if (Object.keys(policy).length > MOST_KEYS)
    return `FilterPolicy: Filter policy can not have more than ${MOST_KEYS} keys`
  try {
    const combinations = checkLevel(policy, scope, 1)
    return combinations > MOST_COMBINATIONS ? 'FilterPolicy: Filter policy is too complex' : undefined
  } catch (error) {
    if (error instanceof Complaint) return error.message
    throw error
  }
}

class Complaint extends Error {}

function complain(what) {
  throw new Complaint(`FilterPolicy: ${what}`)
}

/** Answers how many combinations of values there are. */
function checkLevel(policy, scope, depth) {
  if (scope === 'MessageAttributes' && depth > 1)
    throw new Complaint('Filter policy scope MessageAttributes does not support nested filter policy')
  let combinations = 1
  for (const [key, value] of Object.entries(policy)) {
    if (isObject(value)) {
      combinations *= checkLevel(value, scope, depth + 1)
      continue
    }
    if (!Array.isArray(value)) complain(`"${key}" must be an object or an array`)
    if (value.length === 0) complain('Empty arrays are not allowed')
    if (key === '$or' && value.every(isObject)) {
      combinations *= value.reduce((sum, branch) => sum + checkLevel(branch, scope, depth), 0)
      continue
    }
    value.forEach(checkRule)
    combinations *= value.length * depth
  }
  return combinations
}

function checkRule(rule) {
  if (!isObject(rule)) {
    if (Array.isArray(rule)) complain('Match value must be String, number, true, false, or null')
    return
  }
  const [[operator, value] = [], ...others] = Object.entries(rule)
  if (operator === undefined || others.length > 0) complain('Only one key allowed in match expression')
  const check = CHECKS[operator]
  if (check === undefined) complain(`Unrecognized match type ${operator}`)
  check(value, operator)
}

function checkText(value, operator) {
  if (typeof value !== 'string') complain(`${operator} match pattern must be a string`)
}

const CHECKS = {
  prefix: checkText,
  suffix: checkText,
  'equals-ignore-case': checkText,
  exists(value) {
    if (typeof value !== 'boolean') complain('exists match pattern must be either true or false.')
  },
  'anything-but'(value) {
    if (Array.isArray(value)) return value.forEach(checkRule)
    if (!isObject(value)) return checkRule(value)
    const [[operator, inner] = []] = Object.entries(value)
    if (!['prefix', 'suffix', 'equals-ignore-case'].includes(operator))
      complain(`Unsupported anything-but pattern: ${operator}`)
    ;[inner].flat().forEach((one) => checkText(one, operator))
  },
  numeric(value) {
    if (!Array.isArray(value) || value.length === 0) complain('Invalid member in numeric match: ]')
    const [operator, first, second, last, ...more] = value
    if (typeof operator !== 'string') complain(`Invalid member in numeric match: ${operator}`)
    if (!['<', '<=', '=', '>', '>='].includes(operator)) complain(`Unrecognized numeric range operator: ${operator}`)
    checkNumber(operator, first)
    if (value.length === 2) return
    if (!operator.startsWith('>')) complain('Too many elements in numeric expression')
    if (typeof second !== 'string') complain(`Bad value in numeric range: ${second}`)
    if (second !== '<' && second !== '<=') complain(`Bad numeric range operator: ${second}`)
    checkNumber(second, last)
    if (last <= first) complain('Bottom must be less than top')
    if (more.length > 0) complain('Too many terms in numeric range expression')
  },
  cidr(value) {
    if (typeof value !== 'string') complain('prefix match pattern must be a string')
    const [address, mask, ...more] = value.split('/')
    if (mask === undefined || more.length > 0) complain("Malformed CIDR, one '/' required")
    if (!/^\d{1,3}$/.test(mask)) complain('Malformed CIDR, mask bits must be an integer')
    if (blockList(value) === undefined) complain(`Nonstandard IP address: ${address}`)
  },
}

function checkNumber(operator, value) {
  if (typeof value !== 'number') complain(`Value of ${operator === '=' ? 'equals' : operator} must be numeric`)
}

/** Does a message pass? `attributes` and `body` as they were published. */
export function passes({ policy, scope }, { attributes, body }) {
  if (policy === undefined || policy === '') return true
  const rules = JSON.parse(policy)
  if (scope !== 'MessageBody') return fitsAll(rules, valuesOf(attributes))
  const document = parsedBody(body)
  return isObject(document) && fitsAll(rules, document)
}

/** Numbers are numbers, lists are lists; what is binary cannot be compared. */
function valuesOf(attributes) {
  const values = {}
  for (const [name, { DataType, StringValue = '' }] of Object.entries(attributes)) {
    if (DataType.startsWith('Binary')) continue
    if (DataType.startsWith('Number')) values[name] = Number(StringValue)
    else values[name] = DataType === 'String.Array' ? (parsedBody(StringValue) ?? StringValue) : StringValue
  }
  return values
}

/** Every key must fit; of a list in the message one element must fit all that is said below a key. */
function fitsAll(rules, values) {
  return Object.entries(rules).every(([key, rule]) => {
    if (key === '$or' && rule.every?.(isObject)) return rule.some((branch) => fitsAll(branch, values))
    const value = Object.hasOwn(values, key) ? values[key] : undefined
    if (Array.isArray(rule)) return rule.some((one) => fitsOne(one, value))
    return [value].flat().some((one) => fitsAll(rule, isObject(one) ? one : {}))
  })
}

function fitsOne(rule, value) {
  if (isObject(rule) && 'exists' in rule) return (value !== undefined) === rule.exists
  return value !== undefined && [value].flat().some((one) => fitsValue(rule, one))
}

function fitsValue(rule, value) {
  if (!isObject(rule)) return rule === value
  const [[operator, wanted]] = Object.entries(rule)
  switch (operator) {
    case 'prefix':
      return typeof value === 'string' && value.startsWith(wanted)
    case 'suffix':
      return typeof value === 'string' && value.endsWith(wanted)
    case 'equals-ignore-case':
      return typeof value === 'string' && value.toLowerCase() === wanted.toLowerCase()
    case 'numeric':
      return typeof value === 'number' && inRange(wanted, value)
    case 'cidr':
      return typeof value === 'string' && isIP(value) > 0 && blockList(wanted).check(value, `ipv${isIP(value)}`)
    case 'anything-but':
      if (!isObject(wanted)) return ![wanted].flat().includes(value)
      return !Object.entries(wanted).some(([inner, texts]) =>
        [texts].flat().some((text) => fitsValue({ [inner]: text }, value)),
      )
    default:
      return false
  }
}

function inRange([operator, limit, ...others], value) {
  const holds =
    (operator === '=' && value === limit) ||
    (operator === '<' && value < limit) ||
    (operator === '<=' && value <= limit) ||
    (operator === '>' && value > limit) ||
    (operator === '>=' && value >= limit)
  return holds && (others.length === 0 || inRange(others, value))
}

function blockList(cidr) {
  const [address, mask] = cidr.split('/')
  const family = isIP(address)
  if (family === 0 || Number(mask) > (family === 4 ? 32 : 128)) return undefined
  const blocks = new BlockList()
  blocks.addSubnet(address, Number(mask), `ipv${family}`)
  return blocks
}

function parsedBody(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
