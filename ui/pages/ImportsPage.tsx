export const ImportsPage = () => <p>imports</p>
