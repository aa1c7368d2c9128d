/** The place of a list that is on its way. */
export function Skeleton() {
  return (
    <div className="skeleton">
      <p>Loading...</p>
      <div className="items" aria-hidden="true">
        {[1, 2, 3].map((n) => (
          <div className="card" key={n} />
        ))}
      </div>
    </div>
  );
}
