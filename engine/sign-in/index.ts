/** Sign-in: who somebody is, and the session that proves it on every request. */
export { authenticate, type Identity, notSignedIn } from './authenticate.ts'
export { hashPassword } from './password-hash.ts'
export { signInRoutes } from './routes/index.ts'
export { signInPart } from './part.ts'
export { openSignIn, type SignIn, type SignInEngine } from './sign-in.ts'
