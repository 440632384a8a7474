// An application that signs its users in with openid-client, with the defaults of that library.
import { createServer } from 'node:http'
import * as client from 'openid-client'

const { PORT, ISSUER, CLIENT_ID, CLIENT_SECRET } = process.env
const origin = `http://127.0.0.1:${PORT}`
const redirect_uri = `${origin}/callback`
const insecure = { execute: [client.allowInsecureRequests] }
const config = await client.discovery(new URL(ISSUER), CLIENT_ID, CLIENT_SECRET, undefined, insecure)
// One user at a time: the sign-in that was started last.
let started

async function startSignIn(url) {
  started = { code_verifier: client.randomPKCECodeVerifier(), state: client.randomState() }
  return client.buildAuthorizationUrl(config, {
    redirect_uri,
    scope: 'openid email profile',
    code_challenge: await client.calculatePKCECodeChallenge(started.code_verifier),
    code_challenge_method: 'S256',
    state: started.state,
    ...Object.fromEntries(url.searchParams),
  })
}

async function completeSignIn(url) {
  const checks = { pkceCodeVerifier: started.code_verifier, expectedState: started.state }
  const tokens = await client.authorizationCodeGrant(config, url, checks)
  const claims = tokens.claims()
  return { claims, userinfo: await client.fetchUserInfo(config, tokens.access_token, claims.sub) }
}

async function answer(request, response) {
  const url = new URL(request.url, origin)
  try {
    if (url.pathname === '/sign-in') {
      response.writeHead(302, { location: (await startSignIn(url)).href }).end()
    } else if (url.pathname === '/callback') {
      const result = JSON.stringify(await completeSignIn(url))
      response.writeHead(200, { 'content-type': 'application/json' }).end(result)
    } else {
      response.writeHead(404).end()
    }
  } catch (error) {
    response.writeHead(400, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: error.error ?? error.name, description: error.error_description ?? String(error) }))
  }
}

createServer(answer).listen(Number(PORT), '127.0.0.1')
