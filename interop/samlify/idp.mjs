// An identity provider with samlify, with the defaults of that library. FOLDER has idp.key and idp.crt, and sp/NAME.xml,
// the metadata of each service provider.
import { createServer } from 'node:http'
import { readdir, readFile } from 'node:fs/promises'
import validator from '@authenio/samlify-node-xmllint'
import samlify from 'samlify'

const { PORT, FOLDER } = process.env
const url = `http://127.0.0.1:${PORT}`
const user = { name: 'alice', password: 'alicepass', email: 'alice@example.org' }
const { namespace } = samlify.Constants

samlify.setSchemaValidator(validator)
const idp = samlify.IdentityProvider({
  entityID: `${url}/metadata`,
  privateKey: await readFile(`${FOLDER}/idp.key`),
  signingCert: await readFile(`${FOLDER}/idp.crt`),
  nameIDFormat: [namespace.format.emailAddress],
  singleSignOnService: [{ Binding: namespace.binding.redirect, Location: `${url}/sso` }],
})

async function serviceProviders() {
  const names = (await readdir(`${FOLDER}/sp`)).sort()
  const documents = await Promise.all(names.map((name) => readFile(`${FOLDER}/sp/${name}`, 'utf8')))
  return documents.map((metadata) => samlify.ServiceProvider({ metadata }))
}

// samlify reads a request as that of one service provider.
async function respond(fields) {
  for (const sp of await serviceProviders()) {
    const request = await idp.parseLoginRequest(sp, 'redirect', { query: fields })
    if (request.extract.issuer !== sp.entityMeta.getEntityID()) continue
    const response = await idp.createLoginResponse(sp, request, 'post', user)
    return { action: response.entityEndpoint, SAMLResponse: response.context, RelayState: fields.RelayState }
  }
  throw new Error('no service provider has this entity ID')
}

function form({ action, ...fields }, visible = '') {
  const escape = (text) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;')
  const hidden = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escape(value)}">`)
  return `<form method="post" action="${escape(action)}">${hidden.join('')}${visible}<button>Go on</button></form>`
}

const credentials = '<input type="text" name="name"><input type="password" name="password">'

async function page(request) {
  const { pathname, searchParams } = new URL(request.url, url)
  if (pathname === '/metadata') return ['application/samlmetadata+xml', idp.getMetadata()]
  if (pathname === '/sso') {
    const { SAMLRequest, RelayState } = Object.fromEntries(searchParams)
    return ['text/html', form({ action: '/login', SAMLRequest, RelayState }, credentials)]
  }
  const fields = Object.fromEntries(new URLSearchParams(await body(request)))
  if (fields.name !== user.name || fields.password !== user.password) return ['text/html', 'Wrong name or password.']
  return ['text/html', form(await respond(fields))]
}

async function body(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

createServer(async (request, response) => {
  try {
    const [type, text] = await page(request)
    response.writeHead(200, { 'content-type': type }).end(text)
  } catch (error) {
    console.error(error)
    response.writeHead(500).end(String(error))
  }
}).listen(Number(PORT), '127.0.0.1')
