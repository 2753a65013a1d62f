"""What the law says of the facts: verdicts, deadlines, routes and grades, each with its reason."""
