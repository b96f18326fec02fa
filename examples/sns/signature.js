import { createHash, generateKeyPairSync, sign as signBytes } from 'node:crypto'

/**
 * The signature of a notification, and where the certificate is by which it is checked. Key and certificate are made at
 * the first one, and gone with the process.
 */
export function sign(notification, version, origin) {
  made ??= make()
  const hash = version === '2' ? 'sha256' : 'sha1'
  return {
    SignatureVersion: version,
    Signature: signBytes(hash, Buffer.from(canonical(notification)), made.privateKey).toString('base64'),
    SigningCertURL: `${origin}/_pipit/sns/${made.name}`,
  }
}

/** An answer of the control plane. */
export function certificateFor(name) {
  if (name !== made?.name)
    return { status: 404, rawHeaders: ['Content-Type', 'text/plain'], body: 'there is no such certificate\n' }
  return { status: 200, rawHeaders: ['Content-Type', 'application/x-pem-file'], body: made.pem }
}

/** AWS signs these members, in this order, each on a line after its name. */
function canonical(notification) {
  return ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
    .filter((name) => notification[name] !== undefined)
    .map((name) => `${name}\n${notification[name]}\n`)
    .join('')
}

let made

function make() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const der = certificate(publicKey.export({ type: 'spki', format: 'der' }), privateKey)
  const pem = `-----BEGIN CERTIFICATE-----\n${der
    .toString('base64')
    .match(/.{1,64}/g)
    .join('\n')}\n-----END CERTIFICATE-----\n`
  return { privateKey, pem, name: `SimpleNotificationService-${createHash('md5').update(der).digest('hex')}.pem` }
}

/** X.509, as short as it can be: Node reads certificates, and makes none. */
function certificate(publicKey, privateKey) {
  const sha256WithRsa = sequence(tlv(0x06, '2a864886f70d01010b'), tlv(0x05))
  const name = sequence(tlv(0x31, sequence(tlv(0x06, '550403'), tlv(0x0c, Buffer.from('sns.amazonaws.com')))))
  const body = sequence(
    tlv(0xa0, tlv(0x02, '02')),
    tlv(0x02, '01'),
    sha256WithRsa,
    name,
    sequence(tlv(0x17, Buffer.from('200101000000Z')), tlv(0x17, Buffer.from('491231235959Z'))),
    name,
    publicKey,
  )
  const signature = signBytes('sha256', body, privateKey)
  return sequence(body, sha256WithRsa, tlv(0x03, Buffer.concat([Buffer.of(0), signature])))
}

function sequence(...items) {
  return tlv(0x30, Buffer.concat(items))
}

function tlv(tag, content = Buffer.alloc(0)) {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'hex') : content
  const { length } = bytes
  const head =
    length < 128 ? [tag, length] : length < 256 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from(head), bytes])
}
