/** Sign-in: who somebody is, and the session that proves it on every request. */
export { authenticate, type Identity, notSignedIn } from './authenticate.ts'
export { type HouseJob, signInJobs } from './jobs.ts'
export { hashPassword } from './password-hash.ts'
export { signInRoutes } from './routes/index.ts'
export { openSignIn, type SignIn, type SignInEngine } from './sign-in.ts'
