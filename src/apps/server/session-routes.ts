/** Adds the routes that are no forms, signing in, signing out and the live stream, to the API's description. */
export const describeSessionRoutes = (document: Record<string, unknown>): Record<string, unknown> => {
  const done = { description: 'Done', content: { 'application/json': { schema: {} } } }
  const error = (description: string) => ({ description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } })
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
