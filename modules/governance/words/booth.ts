/** What people read while they vote, and of their receipt. */
export const booth = {
  title: 'Ballot',
}
