import assert from 'node:assert/strict'
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, type CipherGCMTypes } from 'node:crypto'
import test from 'node:test'
import { sm2, sm3, sm4 } from 'sm-crypto-v2'
import { guomi } from './guomi.ts'
import { international } from './international.ts'
import { openField, sealField } from './sm4-ecb.ts'

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex')
/** The library reads a text of hexadecimal digits as bytes; ours are always given as bytes. */
const bytes = (buffer: Buffer): Uint8Array => new Uint8Array(buffer)

test('SM3 answers as the appendix of GB/T 32905-2016 says', () => {
  const rows = [
    ['abc', '66c7f0f4 62eeedd9 d1f2d46b dc10e4e2 4167c487 5cf2f7a2 297da02b 8f4ba8e0'],
    ['abcd'.repeat(16), 'debe9ff9 2275b8a1 38604889 c18e5a4d 6fdb70e5 387e5765 293dcba3 9c0c5732'],
  ] as const
  for (const [text, digest] of rows) assert.equal(guomi.hash(text).toString('hex'), hex(digest).toString('hex'))
})

test('SM4 answers as the appendix of GB/T 32907-2016 says, once and after a million rounds', () => {
  const key = hex('0123456789abcdeffedcba9876543210')
  const cipher = createCipheriv('sm4-ecb', key, null).setAutoPadding(false)
  let block = cipher.update(key)
  assert.equal(block.toString('hex'), '681edf34d206965e86b3e94f536e4246')
  for (let round = 1; round < 1_000_000; round += 1) block = cipher.update(block)
  assert.equal(block.toString('hex'), '595298c7c6fd271f0402f804c33d3f66')
})

test('SM4-GCM answers as RFC 8998 appendix A.1 says, in both libraries', () => {
  const key = hex('0123456789abcdeffedcba9876543210')
  const iv = hex('00001234567800000000abcd')
  const bound = hex('feedfacedeadbeeffeedfacedeadbeefabaddad2')
  const plain = hex(
    'aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccddddddddddddddddeeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa',
  )
  const body =
    '17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d'
  const tag = '83de3541e4c2b58177e065a9bf7b62ec'
  const native = createCipheriv('sm4-gcm' as CipherGCMTypes, key, iv)
  native.setAAD(bound)
  assert.equal(Buffer.concat([native.update(plain), native.final()]).toString('hex'), body)
  assert.equal(native.getAuthTag().toString('hex'), tag)
  const other = sm4.encrypt(bytes(plain), bytes(key), {
    mode: 'gcm',
    iv: bytes(iv),
    associatedData: bytes(bound),
    output: 'array',
    outputTag: true,
  })
  assert.equal(Buffer.from(other.output).toString('hex'), body)
  assert.equal(Buffer.from(other.tag as Uint8Array).toString('hex'), tag)
})

// The curve of GB/T 32918.5-2017 and the example of its appendix A: a private key, its public one, and a signature made with a fixed number.
const EXAMPLE = {
  privateKey: hex('3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8'),
  publicKey: hex(`04 09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020
    ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13`),
  message: Buffer.from('message digest'),
  signature: hex(`f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3
    b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa`),
}

test('SM2 takes the signature of the appendix of GB/T 32918.5-2017, and nothing that differs from it', () => {
  const { publicKey, message, signature, privateKey } = EXAMPLE
  assert.ok(guomi.verify(publicKey, message, signature))
  assert.equal(guomi.verify(publicKey, Buffer.from('message digest.'), signature), false)
  for (const at of [0, 31, 32, 63]) {
    const changed = Buffer.from(signature)
    changed[at] = (changed[at] ?? 0) ^ 1
    assert.equal(guomi.verify(publicKey, message, changed), false, `byte ${at}`)
  }
  for (const nonsense of [Buffer.alloc(0), Buffer.alloc(64), Buffer.alloc(64, 0xff), signature.subarray(1)])
    assert.equal(guomi.verify(publicKey, message, nonsense), false)
  assert.equal(guomi.verify(Buffer.alloc(65, 1), message, signature), false, 'a key that is no point')
  assert.ok(guomi.verify(publicKey, message, guomi.sign({ privateKey, publicKey }, message)))
})

test('SM2 signs bytes as they are, with the default user id', () => {
  const key = guomi.newSigningKey()
  // A text of hexadecimal digits, which the library itself would take for bytes.
  const message = Buffer.from('00ff00ff')
  const signature = guomi.sign(key, message)
  const [publicHex, signed] = [key.publicKey.toString('hex'), signature.toString('hex')]
  assert.ok(sm2.doVerifySignature(bytes(message), signed, publicHex, { hash: true, userId: '1234567812345678' }))
  assert.equal(sm2.doVerifySignature(bytes(message), signed, publicHex, { hash: true, userId: '' }), false)
})

test('both libraries hash, authenticate and encrypt alike', () => {
  for (const length of [0, 1, 15, 16, 17, 55, 56, 63, 64, 65, 1_000]) {
    const [text, key, iv] = [randomBytes(length), randomBytes(16), randomBytes(16)]
    const digest = createHash('sm3').update(text).digest('hex')
    assert.equal(sm3(bytes(text)), digest, `SM3 of ${length} bytes`)
    assert.equal(sm3(bytes(text), { key: bytes(key) }), createHmac('sm3', key).update(text).digest('hex'), `HMAC of ${length}`)
    const cipher = createCipheriv('sm4-cbc', key, iv)
    const ours = Buffer.concat([cipher.update(text), cipher.final()])
    assert.equal(sm4.encrypt(bytes(text), bytes(key), { mode: 'cbc', iv: bytes(iv) }), ours.toString('hex'), `SM4 of ${length}`)
  }
})

test('AES-256-GCM answers as test case 16 of the specification of GCM says, and Ed25519 as RFC 8032', () => {
  const key = hex('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308')
  const sealed = hex(`cafebabefacedbaddecaf888 76fc6ece0f4e1768cddf8853bb2d551b
    522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662`)
  const plain = international.open(key, sealed, hex('feedfacedeadbeeffeedfacedeadbeefabaddad2'))
  assert.equal(
    plain.toString('hex'),
    'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
  )
  const pair = {
    privateKey: hex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'),
    publicKey: hex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'),
  }
  const signature = international.sign(pair, Buffer.alloc(0))
  assert.equal(
    signature.toString('hex'),
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  )
  assert.ok(international.verify(pair.publicKey, Buffer.alloc(0), signature))
})

for (const suite of [international, guomi])
  test(`${suite.name}: what was sealed opens whole, and not once a bit of it, of its key or of what it is bound to differs`, () => {
    const [key, other] = [suite.newKey(), suite.newKey()]
    const bound = Buffer.from('whose')
    for (const [seal, open] of [
      [suite.seal, suite.open],
      [suite.sealBulk, suite.openBulk],
    ] as const)
      for (const length of [0, 1, 16, 33, 4_096]) {
        const plain = randomBytes(length)
        const sealed = seal(key, plain, bound)
        assert.deepEqual(open(key, sealed, bound), plain)
        assert.throws(() => open(other, sealed, bound))
        assert.throws(() => open(key, sealed, Buffer.from('another')))
        assert.throws(() => open(key, sealed.subarray(0, -1), bound))
        assert.throws(() => open(key, sealed.subarray(0, 20), bound))
        for (let at = 0; at < sealed.length; at += Math.ceil(sealed.length / 97)) {
          const changed = Buffer.from(sealed)
          changed[at] = (changed[at] ?? 0) ^ 0x80
          assert.throws(() => open(key, changed, bound), `byte ${at} of ${length}`)
        }
      }
  })

for (const suite of [international, guomi])
  test(`${suite.name}: one text under one key is never sealed twice with one nonce`, () => {
    const key = suite.newKey()
    const nonces = new Set<string>()
    for (let at = 0; at < 20_000; at += 1) nonces.add(suite.seal(key, Buffer.from('same')).subarray(0, 12).toString('hex'))
    for (let at = 0; at < 2_000; at += 1) nonces.add(suite.sealBulk(key, Buffer.from('same')).subarray(0, 12).toString('hex'))
    assert.equal(nonces.size, 22_000)
  })

test('a field of the e-health card’s interface is SM4-ECB with zero bytes, as any other side makes it', () => {
  const key = randomBytes(16)
  for (const text of ['张三', '990101197102031234', 'a'.repeat(16), 'a'.repeat(17)]) {
    const sealed = sealField(key, text)
    const plain = Buffer.from(text)
    const padded = Buffer.concat([plain, Buffer.alloc((16 - (plain.length % 16)) % 16)])
    const other = sm4.encrypt(bytes(padded), bytes(key), { padding: 'none' })
    assert.equal(Buffer.from(sealed, 'base64').toString('hex'), other)
    assert.equal(openField(key, sealed), text)
  }
  for (const nonsense of ['', '你好', 'AAAA', 'A'.repeat(23)]) assert.equal(openField(key, nonsense), null)
})

test('Node’s SM4-GCM refuses a tag that was cut short', () => {
  const key = guomi.newKey()
  const sealed = guomi.seal(key, Buffer.from('four bytes of a tag are guessed soon'))
  const decipher = createDecipheriv('sm4-gcm' as CipherGCMTypes, key, sealed.subarray(0, 12), { authTagLength: 16 })
  assert.throws(() => decipher.setAuthTag(sealed.subarray(12, 16)))
})
