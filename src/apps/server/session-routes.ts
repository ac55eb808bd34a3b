/** Adds the routes that are no forms, signing in, signing out and the live stream, to the API's description. */
export const describeSessionRoutes = (document: Record<string, unknown>): Record<string, unknown> => {
  const done = { description: 'Done', content: { 'application/json': { schema: {} } } }
  const error = (description: string) => ({ description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } })
  const uuid = { type: 'string', format: 'uuid' }
  const entry = {
    type: 'object',
    required: ['name', 'key'],
    additionalProperties: false,
    properties: { name: { type: 'string' }, key: { type: 'string', minLength: 1, maxLength: 200 }, line: { type: ['string', 'null'] }, body: {} },
  }
  const batch = { type: 'object', required: ['commands'], additionalProperties: false, properties: { commands: { type: 'array', minItems: 1, maxItems: 100, items: entry } } }
  const credentials = {
    type: 'object',
    required: ['account', 'password'],
    additionalProperties: false,
    properties: { account: { type: 'string', minLength: 1, maxLength: 40 }, password: { type: 'string', minLength: 1, maxLength: 200 } },
  }
  const routes = {
    '/api/security.sign-in': {
      post: {
        operationId: 'security.sign-in',
        tags: ['security'],
        summary: '登录',
        description: 'Signs in: the session is a cookie.',
        security: [],
        requestBody: { required: true, content: { 'application/json': { schema: credentials } } },
        responses: { 200: done, 400: error('The input does not fit'), 401: error('Wrong account or password'), 429: error('Locked for a while') },
      },
    },
    '/api/security.sign-out': {
      post: {
        operationId: 'security.sign-out',
        tags: ['security'],
        summary: '退出登录',
        description: 'Ends this session.',
        responses: { 200: done },
      },
    },
    '/api/security.device-standing': {
      get: {
        operationId: 'security.device-standing',
        tags: ['security'],
        summary: '设备是否已停用',
        description: 'How a device stands, for the device itself: active, revoked, wiped or unknown.',
        security: [],
        parameters: [{ name: 'device', in: 'query', required: true, schema: uuid }],
        responses: { 200: done, 400: error('Not a device’s number') },
      },
    },
    '/api/security.device-wiped': {
      post: {
        operationId: 'security.device-wiped',
        tags: ['security'],
        summary: '设备已清除',
        description: 'A revoked device says that it has removed what it kept.',
        security: [],
        requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', required: ['device'], additionalProperties: false, properties: { device: uuid } } } } },
        responses: { 200: done, 400: error('Not a device’s number') },
      },
    },
    '/api/batch': {
      post: {
        operationId: 'batch',
        tags: ['batch'],
        summary: '一次提交多个操作',
        description:
          'Up to 100 commands in order, each its own transaction, idempotency key and answer. After one of a line that was not done, the later ones of that line are not tried (platform.held-by-earlier). The body may be packed with gzip.',
        requestBody: { required: true, content: { 'application/json': { schema: batch } } },
        responses: { 200: done, 400: error('The body is no batch'), 401: error('Sign in first') },
      },
    },
    '/api/live': {
      get: {
        operationId: 'live',
        tags: ['live'],
        summary: '实时事件流',
        description: 'Server-sent events of the cases that the reader is party to; resumes by Last-Event-ID.',
        responses: { 200: { description: 'A stream', content: { 'text/event-stream': { schema: { type: 'string' } } } }, 401: error('Sign in first') },
      },
    },
  }
  return { ...document, paths: { ...routes, ...(document['paths'] as object) } }
}
