"""What the equations of the form prove about rows whose cells cannot be told apart by eye."""
