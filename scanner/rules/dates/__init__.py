"""The calendar: months, and the working days of mainland China. Knows neither facts nor law."""
