"""Who may do what at KSeF in an entity's name: permissions and tokens, as guided steps."""
