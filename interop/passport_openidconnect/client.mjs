// An application that signs its users in with passport-openidconnect, with the defaults of that library.
import express from 'express'
import session from 'express-session'
import passport from 'passport'
import OpenIDConnectStrategy from 'passport-openidconnect'

const { PORT, ISSUER, CLIENT_ID, CLIENT_SECRET } = process.env
const discovery = await (await fetch(`${ISSUER}/.well-known/openid-configuration`)).json()

const settings = {
  issuer: discovery.issuer,
  authorizationURL: discovery.authorization_endpoint,
  tokenURL: discovery.token_endpoint,
  userInfoURL: discovery.userinfo_endpoint,
  clientID: CLIENT_ID,
  clientSecret: CLIENT_SECRET,
  callbackURL: `http://127.0.0.1:${PORT}/callback`,
  scope: ['email', 'profile'],
}

// The library verifies no signature of the ID token, because it comes from the token endpoint.
function verify(issuer, profile, context, idToken, accessToken, refreshToken, done) {
  const claims = JSON.parse(Buffer.from(idToken.split('.')[1], 'base64url'))
  done(null, { claims, accessToken, profile })
}

async function showMember(request, response) {
  const { claims, accessToken, profile } = request.user
  const headers = { authorization: `Bearer ${accessToken}` }
  const userinfo = await (await fetch(discovery.userinfo_endpoint, { headers })).json()
  response.json({ claims, userinfo, profile })
}

passport.use(new OpenIDConnectStrategy(settings, verify))
const app = express()
app.use(session({ secret: 'only-for-tests-on-this-machine', resave: false, saveUninitialized: false }))
app.get('/', (request, response) => response.end())
app.get('/sign-in', passport.authenticate('openidconnect', { session: false }))
app.get('/callback', passport.authenticate('openidconnect', { session: false, failWithError: true }), showMember)
app.use((error, request, response, next) => {
  response.status(400).json({ error: error.name, description: error.message })
})
app.listen(Number(PORT), '127.0.0.1')
