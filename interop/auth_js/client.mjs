// An application that signs its users in with Auth.js for Express, with the defaults of that library.
import express from 'express'
import { ExpressAuth, getSession } from '@auth/express'

const { PORT, ISSUER, CLIENT_ID, CLIENT_SECRET } = process.env

const options = {
  secret: 'only-for-tests-on-this-machine',
  trustHost: true,
  providers: [
    {
      id: 'vestibule',
      name: 'Vestibule',
      type: 'oidc',
      issuer: ISSUER,
      clientId: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
    },
  ],
  callbacks: {
    jwt({ token, profile, account }) {
      return profile ? { ...token, profile, access_token: account.access_token } : token
    },
    session({ session, token }) {
      return { ...session, profile: token.profile, access_token: token.access_token }
    },
  },
}

async function showMember(request, response) {
  const session = await getSession(request, options)
  if (!session) return response.status(401).json({ error: 'no session' })
  const headers = { authorization: `Bearer ${session.access_token}` }
  const userinfo = await (await fetch(`${ISSUER}/userinfo`, { headers })).json()
  response.json({ claims: session.profile, userinfo, user: session.user })
}

const app = express()
app.use('/auth/*', ExpressAuth(options))
app.get('/', showMember)
app.listen(Number(PORT), '127.0.0.1')
