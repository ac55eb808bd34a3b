type Described = Record<string, unknown>

const DONE = { description: 'Done', content: { 'application/json': { schema: {} } } }
const error = (description: string): Described => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
})
const UUID = { type: 'string', format: 'uuid' }
const text = (minLength: number, maxLength: number) => ({ type: 'string', minLength, maxLength })
const body = (properties: Described, required = Object.keys(properties)) => ({
  required: required.length > 0,
  content: { 'application/json': { schema: { type: 'object', required, additionalProperties: false, properties } } },
})

type Words = { readonly zh: string; readonly en: string }
const route = (method: 'get' | 'post', name: string, { zh, en }: Words, rest: Described): Described => {
  const [tag] = name.split('.')
  return { [`/api/${name}`]: { [method]: { operationId: name, tags: [tag], summary: zh, description: en, ...rest } } }
}

/** Adds the routes that are no forms, signing in, devices, batches and the live stream, to the API's description. */
export const describeSessionRoutes = (document: Described): Described => {
  const routes = { ...signInRoutes(), ...factorRoutes(), ...deviceRoutes(), ...batchRoute(), ...liveRoute() }
  return { ...document, paths: { ...routes, ...(document['paths'] as object) } }
}

const signInRoutes = (): Described => ({
  ...route(
    'post',
    'security.sign-in',
    {
      zh: '登录',
      en: 'Signs in: the session is a cookie. `next` says what is still asked: nothing (`whole`), a code (`factor`), or to set a second factor up (`enrol`).',
    },
    {
      security: [],
      requestBody: body({ account: text(1, 40), password: text(1, 200) }),
      responses: {
        200: DONE,
        400: error('The input does not fit'),
        401: error('Wrong account or password'),
        429: error('Locked for a while, or too many'),
      },
    },
  ),
  ...route('post', 'security.sign-out', { zh: '退出登录', en: 'Ends this session.' }, { responses: { 200: DONE } }),
})

const STEP_RESPONSES = {
  200: DONE,
  400: error('The input does not fit'),
  401: error('Wrong code, or sign in anew'),
  403: error('Prove first who you are'),
  409: error('Nothing was begun'),
  429: error('Locked for a while'),
}

/** The second step of signing in, and what belongs to a second factor. */
const factorRoutes = (): Described => {
  const step = (name: string, words: Words, properties: Described) =>
    route('post', name, words, { requestBody: body(properties), responses: STEP_RESPONSES })
  const code = text(6, 20)
  return {
    ...step(
      'security.sign-in-code',
      { zh: '登录第二步', en: 'The second step of signing in: a code of the authenticator, or a recovery code.' },
      { code },
    ),
    ...step(
      'security.prove',
      {
        zh: '再次验证身份',
        en: 'Proves once more who sits here, by a code, or by the password where there is no authenticator.',
      },
      { proof: text(1, 200) },
    ),
    ...step(
      'security.begin-factor',
      { zh: '开始绑定验证器', en: 'A new secret for an authenticator app; it counts when a code has confirmed it.' },
      {},
    ),
    ...step(
      'security.confirm-factor',
      { zh: '确认绑定验证器', en: 'Confirms the authenticator by its first code; answers the recovery codes, once.' },
      { code },
    ),
  }
}

const deviceRoutes = (): Described => ({
  ...route(
    'get',
    'security.device-standing',
    { zh: '设备是否已停用', en: 'How a device stands, for the device itself: active, revoked, wiped or unknown.' },
    {
      security: [],
      parameters: [{ name: 'device', in: 'query', required: true, schema: UUID }],
      responses: { 200: DONE, 400: error('Not a device’s number') },
    },
  ),
  ...route(
    'post',
    'security.device-wiped',
    { zh: '设备已清除', en: 'A revoked device says that it has removed what it kept.' },
    { security: [], requestBody: body({ device: UUID }), responses: { 200: DONE, 400: error('Not a device’s number') } },
  ),
})

const batchRoute = (): Described => {
  const entry = { name: { type: 'string' }, key: text(1, 200), line: { type: ['string', 'null'] }, body: {} }
  const commands = {
    type: 'array',
    minItems: 1,
    maxItems: 100,
    items: { type: 'object', required: ['name', 'key'], additionalProperties: false, properties: entry },
  }
  return route(
    'post',
    'batch',
    {
      zh: '一次提交多个操作',
      en: 'Up to 100 commands in order, each its own transaction, idempotency key and answer. After one of a line that was not done, the later ones of that line are not tried (platform.held-by-earlier). The body may be packed with gzip.',
    },
    {
      requestBody: body({ commands }),
      responses: { 200: DONE, 400: error('The body is no batch'), 401: error('Sign in first') },
    },
  )
}

const liveRoute = (): Described =>
  route(
    'get',
    'live',
    { zh: '实时事件流', en: 'Server-sent events of the cases that the reader is party to; resumes by Last-Event-ID.' },
    {
      responses: {
        200: { description: 'A stream', content: { 'text/event-stream': { schema: { type: 'string' } } } },
        401: error('Sign in first'),
      },
    },
  )
